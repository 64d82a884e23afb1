package handset.runtime.app;

import android.os.SystemClock;
import android.view.View;
import android.widget.TextView;
import android.widget.Toast;
import java.util.ArrayList;
import java.util.List;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.util.ReflectionHelpers;

/** The toasts that are on the screen: Robolectric records them, and they fade as on a phone. */
final class Toasts {
  private static final long SHOWN_MS = 3500;
  private final List<Shown> shown = new ArrayList<>();
  private int seen;

  private record Shown(String text, long until) {}

  /** Picks up new toasts; called after each turn of the main loop. */
  void collect() {
    List<Toast> all = Shadows.shadowOf(RuntimeEnvironment.getApplication()).getShownToasts();
    long now = SystemClock.uptimeMillis();
    for (; seen < all.size(); seen++) {
      shown.add(new Shown(text(all.get(seen)), now + SHOWN_MS));
    }
    shown.removeIf(toast -> toast.until() < now);
  }

  List<String> texts() {
    return shown.stream().map(Shown::text).toList();
  }

  private static String text(Toast toast) {
    View view = toast.getView();
    if (view == null) { // since API 30 the system draws text toasts and the app holds only the text
      return String.valueOf(ReflectionHelpers.<CharSequence>getField(toast, "mText"));
    }
    TextView message = view.findViewById(android.R.id.message);
    return message == null ? "" : String.valueOf(message.getText());
  }
}
