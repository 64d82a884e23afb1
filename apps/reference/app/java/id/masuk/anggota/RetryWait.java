package id.masuk.anggota;

import android.content.Context;
import android.content.SharedPreferences;
import android.os.SystemClock;

/** The time that the backend asked to wait before the next login; a restart of the app does not shorten it. */
final class RetryWait {
    private static final String FILE = "wait";
    private static final String UNTIL = "until";
    private static final String SECONDS = "seconds";

    private final Context context;
    /** In milliseconds since boot, so that changing the clock changes nothing. */
    private long until;

    RetryWait(Context context) {
        this.context = context;
        restore();
    }

    void begin(int seconds) {
        until = SystemClock.elapsedRealtime() + seconds * 1000L;
        preferences()
                .edit()
                .putLong(UNTIL, System.currentTimeMillis() + seconds * 1000L)
                .putInt(SECONDS, seconds)
                .apply();
    }

    /** Whole seconds left, rounded up; 0 when there is nothing to wait for. */
    int remainingSeconds() {
        return (int) Math.max(0, (until - SystemClock.elapsedRealtime() + 999) / 1000);
    }

    private void restore() {
        try {
            long left = preferences().getLong(UNTIL, 0) - System.currentTimeMillis();
            long longest = preferences().getInt(SECONDS, 0) * 1000L;
            until = SystemClock.elapsedRealtime() + Math.max(0, Math.min(left, longest));
        } catch (RuntimeException unreadable) {
            AppLog.trouble("stored wait discarded", unreadable);
            preferences().edit().clear().apply();
        }
    }

    private SharedPreferences preferences() {
        return context.getSharedPreferences(FILE, Context.MODE_PRIVATE);
    }
}
