package handset.runtime.app;

import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.graphics.Color;
import android.graphics.Point;
import android.view.View;
import android.view.WindowManager;
import java.lang.reflect.Method;
import org.robolectric.shadows.HardwareRenderingScreenshot;
import org.robolectric.shadows.ShadowDisplay;

/** Draws the visible windows, one above the other, as the display would show them. */
final class Screen {
  private Screen() {}

  /**
   * A picture of the whole display.
   *
   * <p>UiAutomation.takeScreenshot() would draw hidden activities too, and no dim behind dialogs.
   */
  static Bitmap capture() throws ReflectiveOperationException {
    Point size = new Point();
    ShadowDisplay.getDefaultDisplay().getRealSize(size);
    Bitmap screen = Bitmap.createBitmap(size.x, size.y, Bitmap.Config.ARGB_8888);
    Canvas canvas = new Canvas(screen);
    Method draw =
        HardwareRenderingScreenshot.class.getDeclaredMethod("takeScreenshot", View.class, Bitmap.class);
    draw.setAccessible(true);
    for (View root : Windows.visible()) {
      if (root.getWidth() <= 0 || root.getHeight() <= 0) {
        continue;
      }
      WindowManager.LayoutParams layout = Windows.layout(root);
      if ((layout.flags & WindowManager.LayoutParams.FLAG_DIM_BEHIND) != 0) {
        canvas.drawColor(Color.argb((int) (layout.dimAmount * 255), 0, 0, 0));
      }
      Bitmap window = Bitmap.createBitmap(root.getWidth(), root.getHeight(), Bitmap.Config.ARGB_8888);
      if ((layout.flags & WindowManager.LayoutParams.FLAG_SECURE) == 0) { // else it stays black, as on a phone
        draw.invoke(null, root, window);
      } else {
        window.eraseColor(Color.BLACK);
      }
      int[] origin = new int[2];
      root.getLocationOnScreen(origin);
      canvas.drawBitmap(window, origin[0], origin[1], null);
      window.recycle();
    }
    return screen;
  }
}
