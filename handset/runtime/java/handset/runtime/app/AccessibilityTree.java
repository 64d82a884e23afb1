package handset.runtime.app;

import android.graphics.Rect;
import android.os.Bundle;
import android.view.View;
import android.view.accessibility.AccessibilityNodeInfo;
import android.view.accessibility.AccessibilityNodeProvider;
import android.view.WindowManager;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.robolectric.util.ReflectionHelpers;
import org.robolectric.util.ReflectionHelpers.ClassParameter;

/** What UiAutomator sees of the app: its windows as trees of accessibility nodes, and actions on a node. */
final class AccessibilityTree {
  /** Report views that are not important for accessibility, and resource names: what UiAutomator asks for. */
  private static final int FETCH_FLAGS =
      AccessibilityNodeInfo.FLAG_SERVICE_REQUESTS_INCLUDE_NOT_IMPORTANT_VIEWS
          | AccessibilityNodeInfo.FLAG_SERVICE_REQUESTS_REPORT_VIEW_IDS;

  private static final int HOST_VIEW = -1;

  private AccessibilityTree() {}

  static JSONArray windows() throws JSONException {
    JSONArray windows = new JSONArray();
    for (View root : Windows.visible()) {
      windows.put(window(root));
    }
    return windows;
  }

  private static JSONObject window(View root) throws JSONException {
    ReflectionHelpers.setField(
        ReflectionHelpers.getField(root, "mAttachInfo"), "mAccessibilityFetchFlags", FETCH_FLAGS);
    AccessibilityNodeInfo node = root.createAccessibilityNodeInfo();
    node.setQueryFromAppProcessEnabled(root, true);
    int[] origin = new int[2];
    root.getLocationOnScreen(origin);
    WindowManager.LayoutParams layout = Windows.layout(root);
    return new JSONObject()
        .put("type", layout.type)
        .put("title", String.valueOf(layout.getTitle()))
        .put("focused", root == Windows.focused())
        .put("frame", bounds(origin[0], origin[1], origin[0] + root.getWidth(), origin[1] + root.getHeight()))
        .put("root", new Walk(System.identityHashCode(root), origin).node(node, true));
  }

  /** One window's walk; the bounds of nodes below the root are relative to the window, since no window manager maps them. */
  private record Walk(int window, int[] origin) {
    JSONObject node(AccessibilityNodeInfo info, boolean isRoot) throws JSONException {
      Rect bounds = new Rect();
      info.getBoundsInScreen(bounds);
      if (!isRoot) {
        bounds.offset(origin[0], origin[1]);
      }
      JSONObject node =
          new JSONObject()
              .put("key", window + ":" + sourceId(info))
              .put("class", info.getClassName())
              .put("id", info.getViewIdResourceName())
              .put("text", info.getText())
              .put("desc", info.getContentDescription())
              .put("hint", info.getHintText())
              .put("error", info.getError())
              .put("bounds", bounds(bounds.left, bounds.top, bounds.right, bounds.bottom))
              .put("flags", flags(info));
      JSONArray children = new JSONArray();
      for (int i = 0; i < info.getChildCount(); i++) {
        AccessibilityNodeInfo child = info.getChild(i);
        if (child != null && child.isVisibleToUser()) {
          children.put(node(child, false));
        }
      }
      return children.length() == 0 ? node : node.put("children", children);
    }
  }

  private static long sourceId(AccessibilityNodeInfo info) {
    return ReflectionHelpers.<Long>callInstanceMethod(info, "getSourceNodeId");
  }

  private static JSONArray flags(AccessibilityNodeInfo info) {
    JSONArray flags = new JSONArray();
    put(flags, "clickable", info.isClickable());
    put(flags, "long-clickable", info.isLongClickable());
    put(flags, "enabled", info.isEnabled());
    put(flags, "focused", info.isFocused());
    put(flags, "focusable", info.isFocusable());
    put(flags, "password", info.isPassword());
    put(flags, "checkable", info.isCheckable());
    put(flags, "checked", info.isChecked());
    put(flags, "scrollable", info.isScrollable());
    put(flags, "selected", info.isSelected());
    put(flags, "editable", info.isEditable());
    put(flags, "displayed", info.isVisibleToUser());
    put(flags, "showing-hint", info.isShowingHintText());
    return flags;
  }

  private static void put(JSONArray flags, String name, boolean set) {
    if (set) {
      flags.put(name);
    }
  }

  private static JSONArray bounds(int left, int top, int right, int bottom) {
    return new JSONArray(List.of(left, top, right, bottom));
  }

  /** Performs an accessibility action on the node of that key; throws STALE when it is gone. */
  static boolean perform(String key, int action, Bundle arguments) throws CallFailed {
    int colon = key.indexOf(':');
    int window = Integer.parseInt(key.substring(0, colon));
    long source = Long.parseLong(key.substring(colon + 1));
    int viewId = (int) source;
    int virtualId = (int) (source >> 32);
    for (View root : Windows.visible()) {
      if (System.identityHashCode(root) != window) {
        continue;
      }
      View view =
          ReflectionHelpers.callInstanceMethod(
              View.class, root, "findViewByAccessibilityIdTraversal", ClassParameter.from(int.class, viewId));
      if (view == null || !view.isAttachedToWindow()) {
        break;
      }
      AccessibilityNodeProvider provider = view.getAccessibilityNodeProvider();
      if (provider == null) {
        return view.performAccessibilityAction(action, arguments);
      }
      boolean host = virtualId == HOST_VIEW || virtualId == AccessibilityNodeProvider.HOST_VIEW_ID - 1
          || virtualId == Integer.MAX_VALUE - 1;
      return provider.performAction(host ? HOST_VIEW : virtualId, action, arguments);
    }
    throw new CallFailed(CallFailed.Kind.STALE, "the node " + key + " is no longer on the screen");
  }
}
