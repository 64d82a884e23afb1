package id.masuk.anggota;

import android.content.Context;

/** Why something could not be stored, in words. */
final class Storage {
    /** Less than a database needs to grow. */
    private static final long FULL_BELOW_BYTES = 1 << 20;

    private Storage() {}

    static String trouble(Context context) {
        boolean full = context.getDataDir().getUsableSpace() < FULL_BELOW_BYTES;
        return context.getString(full ? R.string.note_storage_full : R.string.note_storage_unusable);
    }
}
