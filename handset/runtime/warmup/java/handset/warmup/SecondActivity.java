package handset.warmup;

import android.app.Activity;
import android.os.Bundle;
import android.widget.TextView;

/** Where the rehearsal's dialog leads. */
public final class SecondActivity extends Activity {
  @Override
  protected void onCreate(Bundle state) {
    super.onCreate(state);
    TextView text = new TextView(this);
    text.setText("second");
    setContentView(text);
  }
}
