package handset.runtime.app;

import android.content.ClipData;
import android.content.ClipboardManager;
import android.os.Bundle;
import android.os.SystemClock;
import android.view.InputDevice;
import android.view.KeyCharacterMap;
import android.view.KeyEvent;
import android.view.MotionEvent;
import android.view.accessibility.AccessibilityNodeInfo;
import android.view.inputmethod.InputMethodManager;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowInputMethodManager;
import org.robolectric.shadows.ShadowUiAutomation;
import org.robolectric.util.ReflectionHelpers;
import org.robolectric.util.ReflectionHelpers.ClassParameter;

/** Touches, keys and text, as the input dispatcher would bring them. Every method runs on the main thread. */
final class Input {
  private Input() {}

  /** Injects one touch event at screen pixels; {@code downTime} is that of the gesture's first event. */
  static void touch(long downTime, int action, int x, int y) {
    MotionEvent event = MotionEvent.obtain(downTime, SystemClock.uptimeMillis(), action, x, y, 0);
    event.setSource(InputDevice.SOURCE_TOUCHSCREEN);
    ShadowUiAutomation.injectInputEvent(event);
    event.recycle();
  }

  static void key(int code) {
    long now = SystemClock.uptimeMillis();
    for (int action : new int[] {KeyEvent.ACTION_DOWN, KeyEvent.ACTION_UP}) {
      ShadowUiAutomation.injectInputEvent(
          new KeyEvent(
              now, now, action, code, 0, 0, KeyCharacterMap.VIRTUAL_KEYBOARD, 0, 0, InputDevice.SOURCE_KEYBOARD));
    }
  }

  static boolean setText(String key, String text) throws CallFailed {
    Bundle arguments = new Bundle();
    arguments.putCharSequence(AccessibilityNodeInfo.ACTION_ARGUMENT_SET_TEXT_CHARSEQUENCE, text);
    return AccessibilityTree.perform(key, AccessibilityNodeInfo.ACTION_SET_TEXT, arguments);
  }

  /** Puts a text on the clipboard, as another app would. */
  static void copy(String text) {
    ClipboardManager clipboard = RuntimeEnvironment.getApplication().getSystemService(ClipboardManager.class);
    if (text.isEmpty()) {
      clipboard.clearPrimaryClip();
    } else {
      clipboard.setPrimaryClip(ClipData.newPlainText("", text));
    }
  }

  static boolean keyboardShown() {
    return keyboard().isSoftInputVisible();
  }

  static void hideKeyboard() {
    ReflectionHelpers.callInstanceMethod(
        ShadowInputMethodManager.class,
        keyboard(),
        "setSoftInputVisibility",
        ClassParameter.from(boolean.class, false));
  }

  private static ShadowInputMethodManager keyboard() {
    return Shadow.extract(RuntimeEnvironment.getApplication().getSystemService(InputMethodManager.class));
  }
}
