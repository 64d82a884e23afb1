package id.masuk.anggota;

import android.content.Context;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.json.JSONException;
import org.json.JSONObject;

/** Keeps what the backend last said of versions in the cache, to offer an update before it has answered again. */
final class NewestVersion {
    private static final String FILE = "versions.json";

    private final File file;

    NewestVersion(Context context) {
        file = new File(context.getCacheDir(), FILE);
    }

    /** The newest version that was heard of; 0 when none was, or when it can't be read any more. */
    int heardOf() {
        try {
            byte[] content = Files.readAllBytes(file.toPath());
            return Versions.parse(new JSONObject(new String(content, StandardCharsets.UTF_8))).newest();
        } catch (IOException none) {
            return 0;
        } catch (JSONException damaged) {
            if (Defect.CRASH_ON_DIRTY_CACHE.isSeeded()) {
                throw new IllegalStateException(damaged);
            }
            AppLog.trouble("cached versions discarded", damaged);
            return 0;
        }
    }

    void heard(Versions versions) {
        try {
            Files.write(file.toPath(), versions.toJson().toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | JSONException notKept) {
            AppLog.trouble("versions not cached", notKept);
        }
    }
}
