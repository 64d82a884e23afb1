package id.masuk.anggota;

import android.util.Log;

/** The app's log. Events are plain words: no password, token, identifier or server text may be passed. */
final class AppLog {
    private static final String TAG = "Anggota";

    private AppLog() {}

    static void event(String what) {
        Log.i(TAG, what);
    }

    /** Logs the kind of a failure only: an exception's own text can quote what the user typed or stored. */
    static void trouble(String what, Throwable cause) {
        Log.w(TAG, what + " (" + cause.getClass().getSimpleName() + ")");
    }
}
