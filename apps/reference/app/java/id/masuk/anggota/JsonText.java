package id.masuk.anggota;

import org.json.JSONException;
import org.json.JSONObject;

/** Texts that an answer must have. */
final class JsonText {
    private JsonText() {}

    /** The text of that name; throws if it is missing, empty or no text. */
    static String required(JSONObject object, String name) throws JSONException {
        Object value = object.get(name);
        if (!(value instanceof String) || ((String) value).isEmpty()) {
            throw new JSONException("no text: " + name);
        }
        return (String) value;
    }
}
