package handset.runtime.app;

import android.app.Activity;
import android.view.View;
import android.view.ViewRootImpl;
import android.view.WindowManager;
import android.view.WindowManagerGlobal;
import java.util.ArrayList;
import java.util.List;
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
