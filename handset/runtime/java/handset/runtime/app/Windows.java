package handset.runtime.app;

import android.app.Activity;
import android.view.View;
import android.view.ViewRootImpl;
import android.view.WindowManager;
import android.view.WindowManagerGlobal;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowViewRootImpl;
import org.robolectric.util.ReflectionHelpers;

/** The windows of the process that a user sees, bottom first: the top activity's and the dialogs and popups above it. */
final class Windows {
  private static View focused;

  private Windows() {}

  static List<View> visible() {
    WindowManagerGlobal manager = WindowManagerGlobal.getInstance();
    List<ViewRootImpl> roots = ReflectionHelpers.getField(manager, "mRoots");
    List<WindowManager.LayoutParams> layouts = ReflectionHelpers.getField(manager, "mParams");
    Activity top = ActivityStack.top();
    List<View> visible = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      View view = roots.get(i).getView();
      if (view == null || !view.isAttachedToWindow() || view.getVisibility() != View.VISIBLE) {
        continue;
      }
      boolean ofActivity = layouts.get(i).type == WindowManager.LayoutParams.TYPE_BASE_APPLICATION;
      if (!ofActivity || (top != null && view == top.getWindow().getDecorView())) {
        visible.add(view);
      }
    }
    return visible;
  }

  static WindowManager.LayoutParams layout(View root) {
    return (WindowManager.LayoutParams) root.getLayoutParams();
  }

  /** Title, type and flags of each visible window, topmost first, as `dumpsys window` has them. */
  static JSONArray described() throws JSONException {
    List<View> bottomFirst = visible();
    JSONArray windows = new JSONArray();
    for (int i = bottomFirst.size() - 1; i >= 0; i--) {
      WindowManager.LayoutParams layout = layout(bottomFirst.get(i));
      windows.put(
          new JSONObject()
              .put("title", String.valueOf(layout.getTitle()))
              .put("type", layout.type)
              .put("flags", layout.flags));
    }
    return windows;
  }

  static View focused() {
    return focused;
  }

  static void forget() {
    focused = null;
  }

  /** Gives the window focus to the topmost window that takes it, which Android's window manager would do. */
  static void updateFocus() {
    View top = null;
    for (View root : visible()) {
      if ((layout(root).flags & WindowManager.LayoutParams.FLAG_NOT_FOCUSABLE) == 0) {
        top = root;
      }
    }
    if (top == focused) {
      return;
    }
    tellFocus(focused, false);
    tellFocus(top, true);
    focused = top;
  }

  private static void tellFocus(View root, boolean has) {
    if (root != null && root.getViewRootImpl() != null) {
      Shadow.<ShadowViewRootImpl>extract(root.getViewRootImpl()).callWindowFocusChanged(has);
    }
  }
}
