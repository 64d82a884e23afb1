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
    private final Slot<Versions> slot;
    private final NewestVersion newest;
    private boolean answered;

    VersionGate(Context context, AppVersion version, BackendClient backend, Slot<Versions> slot) {
        this.context = context;
        this.version = version;
        this.backend = backend;
        this.slot = slot;
        newest = new NewestVersion(context);
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

    /** Whether the backend has answered in this process. */
    boolean hasHeard() {
        return answered;
    }

    /** Asks the backend for the minimum version, unless it answered in this process already. */
    void checkOnce() {
        if (!answered) {
            check();
        }
    }

    void check() {
        slot.start(backend.versions());
    }

    /** Opens or closes the gate by the backend's answer; a failed check changes nothing. */
    void settle(Reply<Versions> reply) {
        if (reply.isOk()) {
            answered = true;
            newest.heard(reply.value());
            boolean all = Defect.OPTIONAL_UPDATE_DEMANDED.isSeeded();
            remember(all ? reply.value().newest() : reply.value().minimum());
        } else if (reply.kind() == Reply.Kind.UPDATE_REQUIRED) {
            close();
        } else if (Defect.UPDATE_DEMAND_LOST_OFFLINE.isSeeded()) {
            open();
        }
    }

    boolean refuses(int minimum) {
        return minimum > version.code();
    }

    /** Whether there is a newer version, by what was last heard. */
    boolean offersUpdate() {
        return newest.heardOf() > version.code();
    }

    void attach(Slot.Receiver<Versions> receiver) {
        slot.attach(receiver);
    }

    void detach(Slot.Receiver<Versions> receiver) {
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
