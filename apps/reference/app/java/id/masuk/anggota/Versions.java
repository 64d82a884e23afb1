package id.masuk.anggota;

import org.json.JSONException;
import org.json.JSONObject;

/** What the backend says of versions: the oldest that it serves, and the newest that there is. */
final class Versions {
    private final int minimum;
    private final int newest;

    private Versions(int minimum, int newest) {
        this.minimum = minimum;
        this.newest = newest;
    }

    static Versions parse(JSONObject body) throws JSONException {
        int minimum = body.getInt("minimum");
        return new Versions(minimum, Math.max(minimum, body.optInt("latest")));
    }

    int minimum() {
        return minimum;
    }

    int newest() {
        return newest;
    }

    JSONObject toJson() throws JSONException {
        return new JSONObject().put("minimum", minimum).put("latest", newest);
    }
}
