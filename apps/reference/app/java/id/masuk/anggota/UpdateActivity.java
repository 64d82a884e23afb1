package id.masuk.anggota;

import android.content.Intent;
import android.os.Bundle;
import android.widget.TextView;

/** Ends the use of an unsupported version. Only the backend's word or a newer version leads on from here. */
public final class UpdateActivity extends AnggotaActivity {
    /** True to ask the backend at once whether the update is still required. */
    static final String EXTRA_RECHECK = "recheck";

    private final Slot.Receiver<Versions> minimumVersion = this::onMinimumVersion;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.update);
        TextView message = findViewById(R.id.message);
        onTap(R.id.update, () -> openStore(message));
        onTap(R.id.help, () -> callForHelp(message));
        if (state == null && getIntent().getBooleanExtra(EXTRA_RECHECK, false)) {
            app().versionGate().check();
        }
    }

    @Override
    protected void onRestart() {
        super.onRestart();
        app().versionGate().check();
    }

    @Override
    protected void onStart() {
        super.onStart();
        app().versionGate().attach(minimumVersion);
    }

    @Override
    protected void onStop() {
        app().versionGate().detach(minimumVersion);
        super.onStop();
    }

    private void onMinimumVersion(Reply<Versions> reply) {
        if (Defect.UPDATE_DEMAND_OUTLASTS.isSeeded()) {
            return;
        }
        app().versionGate().settle(reply);
        if (!app().versionGate().isClosed()) {
            replaceWith(new Intent(this, LoginActivity.class));
        }
    }
}
