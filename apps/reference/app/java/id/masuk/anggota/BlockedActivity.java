package id.masuk.anggota;

import android.content.Intent;
import android.os.Bundle;
import android.view.View;
import android.widget.TextView;

/** Explains a blocked account. It knows nothing of the account, so it is the same for one that does not exist. */
public final class BlockedActivity extends AnggotaActivity {
    /** A number to show, in a build with a defect. */
    static final String EXTRA_NUMBER = "number";

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.blocked);
        TextView remedy = findViewById(R.id.blocked_remedy);
        onTap(R.id.back_to_login, this::finish);
        onTap(R.id.forgot, this::openForgot);
        onTap(R.id.help, () -> callForHelp(remedy));
        if (getIntent().hasExtra(EXTRA_NUMBER)) {
            TextView reason = findViewById(R.id.blocked_reason);
            reason.setText(getString(R.string.wrong_for, reason.getText(), getIntent().getStringExtra(EXTRA_NUMBER)));
        }
        if (Defect.BLOCK_WITHOUT_REMEDY.isSeeded()) {
            remedy.setVisibility(View.GONE);
        }
        if (Defect.BLOCK_WITHOUT_HELP.isSeeded()) {
            findViewById(R.id.forgot).setVisibility(View.GONE);
            findViewById(R.id.help).setVisibility(View.GONE);
        }
    }

    private void openForgot() {
        if (!Defect.BLOCK_FORGOT_DEAD.isSeeded()) {
            startActivity(new Intent(this, ForgotActivity.class));
        }
    }
}
