package id.masuk.anggota;

import android.content.Intent;
import android.os.Bundle;
import android.widget.TextView;

/** Explains a blocked account. It knows nothing of the account, so it is the same for one that does not exist. */
public final class BlockedActivity extends AnggotaActivity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.blocked);
        TextView remedy = findViewById(R.id.blocked_remedy);
        onTap(R.id.back_to_login, this::finish);
        onTap(R.id.forgot, () -> startActivity(new Intent(this, ForgotActivity.class)));
        onTap(R.id.help, () -> callForHelp(remedy));
    }
}
