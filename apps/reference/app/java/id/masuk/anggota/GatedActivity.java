package id.masuk.anggota;

import android.content.Intent;

/** A screen that an unsupported version of the app may not show. */
abstract class GatedActivity extends AnggotaActivity {
    private final Slot.Receiver<Versions> minimumVersion = this::onMinimumVersion;

    @Override
    protected void onStart() {
        super.onStart();
        if (app().versionGate().isClosed()) {
            requireUpdate(true);
            return;
        }
        app().versionGate().attach(minimumVersion);
        app().versionGate().checkOnce();
    }

    @Override
    protected void onStop() {
        app().versionGate().detach(minimumVersion);
        super.onStop();
    }

    /** The backend has answered, or not; this version may go on. */
    protected void onVersionsHeard() {}

    /** Leaves for the update screen; with {@code recheck} it asks the backend whether it is still needed. */
    protected final void requireUpdate(boolean recheck) {
        replaceWith(new Intent(this, UpdateActivity.class).putExtra(UpdateActivity.EXTRA_RECHECK, recheck));
    }

    private void onMinimumVersion(Reply<Versions> reply) {
        app().versionGate().settle(reply);
        if (app().versionGate().isClosed()) {
            requireUpdate(false);
        } else if (Defect.BACK_BYPASSES_UPDATE.isSeeded() && reply.isOk() && app().versionGate().refuses(reply.value().minimum())) {
            startActivity(new Intent(this, UpdateActivity.class));
        } else {
            onVersionsHeard();
        }
    }
}
