package id.masuk.anggota;

import android.app.Activity;
import android.content.ActivityNotFoundException;
import android.content.Intent;
import android.net.Uri;
import android.view.View;
import android.widget.TextView;

/** What every screen can do. */
abstract class AnggotaActivity extends Activity {
    private static final String CALL_CENTRE = "tel:165";

    protected final AnggotaApp app() {
        return (AnggotaApp) getApplication();
    }

    /** Shows a text in a message view, or hides the view when the text is null or empty. */
    protected static void show(TextView view, CharSequence text) {
        boolean hasText = text != null && text.length() > 0;
        view.setText(text);
        view.setVisibility(hasText ? View.VISIBLE : View.GONE);
    }

    protected final void onTap(int id, Runnable action) {
        findViewById(id).setOnClickListener(view -> action.run());
    }

    protected final void callForHelp(TextView message) {
        if (Defect.HELP_DEAD.isSeeded()) {
            return;
        }
        try {
            startActivity(new Intent(Intent.ACTION_DIAL, Uri.parse(CALL_CENTRE)));
        } catch (ActivityNotFoundException noDialer) {
            show(message, getString(R.string.no_dialer));
        }
    }

    protected final void openStore(TextView message) {
        if (Defect.UPDATE_BUTTON_DEAD.isSeeded()) {
            return;
        }
        try {
            startActivity(new Intent(Intent.ACTION_VIEW, Uri.parse("market://details?id=" + getPackageName())));
        } catch (ActivityNotFoundException noStore) {
            show(message, getString(R.string.update_no_store));
        }
    }

    /** Leaves for a screen from which BACK does not return here. */
    protected final void replaceWith(Intent intent) {
        startActivity(intent);
        finish();
    }
}
