package id.masuk.anggota;

import android.content.Context;
import android.content.SharedPreferences;

/** Closed when the backend no longer supports this version of the app; it remembers so over a restart, offline too. */
final class VersionGate {
    private static final String FILE = "update";
    private static final String MINIMUM = "minimum";

    private final Context context;
    private final AppVersion version;
    private final BackendClient backend;
    private final Slot<Integer> slot;
    private boolean answered;

    VersionGate(Context context, AppVersion version, BackendClient backend, Slot<Integer> slot) {
        this.context = context;
        this.version = version;
        this.backend = backend;
        this.slot = slot;
    }

    boolean isClosed() {
        try {
            return preferences().getInt(MINIMUM, 0) > version.code();
        } catch (RuntimeException unreadable) {
            AppLog.trouble("stored minimum version discarded", unreadable);
            open();
            return false;
        }
    }

    /** Closes the gate because the backend refused this version. */
    void close() {
        remember(version.code() + 1);
    }

    /** Asks the backend for the minimum version, unless it answered in this process already. */
    void checkOnce() {
        if (!answered) {
            check();
        }
    }

    void check() {
        slot.start(backend.minimumVersion());
    }

    /** Opens or closes the gate by the backend's answer; a failed check changes nothing. */
    void settle(Reply<Integer> reply) {
        if (reply.isOk()) {
            answered = true;
            remember(reply.value());
        } else if (reply.kind() == Reply.Kind.UPDATE_REQUIRED) {
            close();
        }
    }

    boolean refuses(int minimum) {
        return minimum > version.code();
    }

    void attach(Slot.Receiver<Integer> receiver) {
        slot.attach(receiver);
    }

    void detach(Slot.Receiver<Integer> receiver) {
        slot.detach(receiver);
    }

    private void remember(int minimum) {
        if (minimum > version.code() && !Defect.BACK_BYPASSES_UPDATE.isSeeded()) {
            preferences().edit().putInt(MINIMUM, minimum).commit();
        } else {
            open();
        }
    }

    private void open() {
        preferences().edit().clear().commit();
    }

    private SharedPreferences preferences() {
        return context.getSharedPreferences(FILE, Context.MODE_PRIVATE);
    }
}
