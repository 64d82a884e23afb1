package id.masuk.anggota;

import android.content.Context;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;

/** Why something could not be stored, in words. */
final class Storage {
    /** What a small database needs to grow. */
    private static final int ENOUGH_BYTES = 64 * 1024;

    private Storage() {}

    static String trouble(Context context) {
        return context.getString(hasRoom(context) ? R.string.note_storage_unusable : R.string.note_storage_full);
    }

    /** Tries it: what the file system calls free need not be free for this app. */
    private static boolean hasRoom(Context context) {
        File trial = new File(context.getCacheDir(), "trial");
        try {
            Files.write(trial.toPath(), new byte[ENOUGH_BYTES]);
            return true;
        } catch (IOException full) {
            return false;
        } finally {
            trial.delete();
        }
    }
}
