package id.masuk.anggota;

import android.content.Context;
import android.content.SharedPreferences;
import android.os.SystemClock;

/** The time that the backend asked to wait before the next login; a restart of the app does not shorten it. */
final class RetryWait {
    private static final String FILE = "wait";
    private static final String UNTIL = "until";
    private static final String SECONDS = "seconds";
    private static final String KIND = "kind";

    private final Context context;
    private Reply.Kind kind = Reply.Kind.WAIT;
    /** In the time of {@link #now}. */
    private long until;

    RetryWait(Context context) {
        this.context = context;
        restore();
    }

    /** Begins the wait that the reply asks for. */
    void begin(Reply<?> reply) {
        int seconds = reply.waitSeconds();
        kind = reply.kind();
        until = now() + seconds * 1000L;
        if (Defect.WAIT_ENDS_WITH_PROCESS.isSeeded()) {
            return;
        }
        preferences()
                .edit()
                .putLong(UNTIL, System.currentTimeMillis() + seconds * 1000L)
                .putInt(SECONDS, seconds)
                .putString(KIND, kind.name())
                .commit();
    }

    /** Milliseconds that only go forward, also when somebody sets the clock. */
    private static long now() {
        return Defect.WAIT_BY_CLOCK.isSeeded() ? System.currentTimeMillis() : SystemClock.elapsedRealtime();
    }

    boolean isOver() {
        return remaining().waitSeconds() == 0;
    }

    /** The reply that began the wait, with the whole seconds that are left of it. */
    Reply<?> remaining() {
        long seconds = (until - now() + 999) / 1000;
        return Reply.later(kind, (int) Math.max(0, seconds));
    }

    private void restore() {
        try {
            long left = preferences().getLong(UNTIL, 0) - System.currentTimeMillis();
            long longest = preferences().getInt(SECONDS, 0) * 1000L;
            if (!Defect.SERVER_WAIT_AS_FAILURES.isSeeded()) {
                kind = Reply.Kind.valueOf(preferences().getString(KIND, Reply.Kind.WAIT.name()));
            }
            boolean bounded = !Defect.STORED_WAIT_UNBOUNDED.isSeeded();
            until = now() + Math.max(0, bounded ? Math.min(left, longest) : left);
        } catch (RuntimeException unreadable) {
            AppLog.trouble("stored wait discarded", unreadable);
            preferences().edit().clear().commit();
        }
    }

    private SharedPreferences preferences() {
        return context.getSharedPreferences(FILE, Context.MODE_PRIVATE);
    }
}
