package id.masuk.anggota;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.json.JSONException;
import org.json.JSONObject;

/** A JSON body that the HTTP client may send only once, whatever the answer: it would repeat a 503 by itself. */
final class OneShotJson extends RequestBody {
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private final byte[] content;

    private OneShotJson(JSONObject object) {
        content = object.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** An object of names and their texts, given in turn. */
    static OneShotJson of(String... namesAndTexts) {
        JSONObject object = new JSONObject();
        try {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                object.put(namesAndTexts[i], namesAndTexts[i + 1]);
            }
        } catch (JSONException impossible) {
            throw new IllegalArgumentException("a name is missing", impossible);
        }
        return new OneShotJson(object);
    }

    @Override
    public MediaType contentType() {
        return JSON;
    }

    @Override
    public long contentLength() {
        return content.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(content);
    }
}
