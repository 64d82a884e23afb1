package handset.warmup;

import android.app.Activity;
import android.app.AlertDialog;
import android.os.Bundle;
import android.widget.EditText;
import java.security.GeneralSecurityException;
import org.json.JSONException;

/** What a spare process runs once, so that the classes of an ordinary screen are loaded before an app needs them. */
public final class WarmupActivity extends Activity {
  @Override
  protected void onCreate(Bundle state) {
    super.onCreate(state);
    int layout = getResources().getIdentifier("warmup", "layout", getPackageName());
    setContentView(layout);
    int name = getResources().getIdentifier("name", "id", getPackageName());
    ((EditText) findViewById(name)).setText("warm");
    getSharedPreferences("warm", MODE_PRIVATE).edit().putString("key", "value").commit();
    new AlertDialog.Builder(this).setTitle("Warm").setMessage("up").setPositiveButton("OK", null).create();
    if (getIntent().hasExtra("rehearse")) {
      try {
        new Rehearsal(this).run(getIntent());
      } catch (JSONException | GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
