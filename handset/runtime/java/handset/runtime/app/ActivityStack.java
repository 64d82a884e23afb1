package handset.runtime.app;

import android.app.Activity;
import android.app.Application;
import android.content.ActivityNotFoundException;
import android.content.ContentProvider;
import android.content.Context;
import android.content.Intent;
import android.content.pm.ActivityInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.ProviderInfo;
import android.content.pm.ResolveInfo;
import android.os.Bundle;
import android.os.Handler;
import android.os.IBinder;
import android.os.Looper;
import android.util.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.robolectric.Robolectric;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.android.internal.RoboMonitoringInstrumentation;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowAccessibilityManager;
import org.robolectric.shadows.ShadowActivity;
import org.robolectric.shadows.ShadowContentResolver;
import org.robolectric.util.ReflectionHelpers;

/**
 * Does in the process what Android's activity manager does from outside: installs providers, starts activities, moves them
 * through their life, delivers results. Robolectric only records such requests.
 *
 * <p>All of it happens on the main thread.
 */
public final class ActivityStack extends RoboMonitoringInstrumentation {
  private static final String TAG = "ActivityTaskManager";
  private static final List<Entry> ENTRIES = new ArrayList<>();
  private static Consumer<List<String>> listener = names -> {};
  private static Consumer<Intent> outside = intent -> {};
  private boolean inBackground;
  private int pendingStarts;

  /** The caller is held by its entry: rotation replaces the Activity object. */
  private static final class Entry {
    private ActivityController<? extends Activity> controller;
    private int requestCode = -1;
    private Entry caller;
    private boolean wasVisible;

    Activity activity() {
      return controller.get();
    }

    void show() {
      controller.resume();
      if (!wasVisible) {
        controller.visible();
        wasVisible = true;
      }
      controller.topActivityResumed(true);
    }
  }

  /** Tells the class names bottom to top after each change, and the intents that no activity of the app handles. */
  static void listen(Consumer<List<String>> onChange, Consumer<Intent> onOutside) {
    listener = onChange;
    outside = onOutside;
  }

  static Activity top() {
    return ENTRIES.isEmpty() ? null : ENTRIES.get(ENTRIES.size() - 1).activity();
  }

  static void forget() {
    ENTRIES.clear();
  }

  static List<String> names() {
    return ENTRIES.stream().map(entry -> entry.activity().getClass().getName()).toList();
  }

  @Override
  public void callApplicationOnCreate(Application application) {
    // List rows become clickable for accessibility only while a service is on, as UiAutomator's is.
    Shadow.<ShadowAccessibilityManager>extract(application.getSystemService(Context.ACCESSIBILITY_SERVICE))
        .setEnabled(true);
    installProviders(application);
    super.callApplicationOnCreate(application);
  }

  private static void installProviders(Application application) {
    PackageInfo info;
    try {
      info =
          application
              .getPackageManager()
              .getPackageInfo(application.getPackageName(), PackageManager.GET_PROVIDERS);
    } catch (PackageManager.NameNotFoundException e) {
      throw new IllegalStateException(e);
    }
    if (info.providers == null) {
      return;
    }
    for (ProviderInfo provider : info.providers) {
      try {
        ContentProvider instance =
            (ContentProvider) appClass(provider.name).getDeclaredConstructor().newInstance();
        instance.attachInfo(application, provider);
        if (provider.authority != null) {
          for (String authority : provider.authority.split(";")) {
            ShadowContentResolver.registerProviderInternal(authority, instance);
          }
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Unable to get provider " + provider.name + ": " + e, e);
      }
    }
  }

  private static Class<?> appClass(String name) throws ClassNotFoundException {
    return Class.forName(name, true, Thread.currentThread().getContextClassLoader());
  }

  @Override
  public ActivityResult execStartActivity(
      Context who, IBinder thread, IBinder token, Activity target, Intent intent, int requestCode, Bundle options) {
    request(target, intent, requestCode);
    return null;
  }

  @Override
  public ActivityResult execStartActivity(
      Context who, IBinder thread, IBinder token, String target, Intent intent, int requestCode, Bundle options) {
    request(who instanceof Activity activity ? activity : null, intent, requestCode);
    return null;
  }

  private void request(Activity caller, Intent intent, int requestCode) {
    ResolveInfo found = getTargetContext().getPackageManager().resolveActivity(intent, 0);
    if (found == null || found.activityInfo == null) {
      outside.accept(intent);
      throw new ActivityNotFoundException("No Activity found to handle " + intent);
    }
    Intent explicit = new Intent(intent).setClassName(found.activityInfo.packageName, found.activityInfo.name);
    Log.i(TAG, "START u0 {" + explicit + "} from " + (caller == null ? null : caller.getComponentName()));
    pendingStarts++;
    new Handler(Looper.getMainLooper())
        .post(
            () -> {
              pendingStarts--;
              start(explicit, requestCode, caller);
            });
  }

  /** Starts an activity of this app, or brings one forward as the intent's flags and its launch mode say. */
  void start(Intent intent, int requestCode, Activity caller) {
    inBackground = false;
    String name = intent.getComponent().getClassName();
    Entry previous = topEntry();
    int flags = intent.getFlags();
    boolean clearsTask = has(flags, Intent.FLAG_ACTIVITY_NEW_TASK) && has(flags, Intent.FLAG_ACTIVITY_CLEAR_TASK);
    if (!clearsTask && bringForward(intent, name)) {
      return;
    }
    if (previous != null) {
      previous.controller.topActivityResumed(false).pause();
    }
    Entry entry = push(intent, name, null, requestCode, caller);
    if (!entry.activity().isFinishing()) { // else sweep() destroys it
      entry.controller.start().postCreate(null);
      entry.show();
    }
    if (previous != null) {
      previous.controller.stop();
    }
    if (clearsTask) {
      ENTRIES.stream().filter(other -> other != entry).forEach(other -> other.activity().finish());
    }
    Log.i(TAG, "Displayed " + entry.activity().getComponentName().flattenToShortString());
    tell();
  }

  /** Makes a task anew from what its activities have saved in another process, bottom to top. */
  void restore(List<SavedState> states) {
    for (SavedState state : states) {
      boolean isTop = state == states.get(states.size() - 1);
      Bundle saved = state.bundle();
      Entry entry = push(state.intent(), state.activity(), saved, -1, null);
      if (entry.activity().isFinishing()) {
        continue; // sweep() destroys it
      }
      entry.controller.start().restoreInstanceState(saved).postCreate(saved);
      if (isTop) {
        entry.show();
      } else {
        entry.controller.stop();
      }
    }
    tell();
  }

  private Entry push(Intent intent, String name, Bundle saved, int requestCode, Activity caller) {
    Entry entry = new Entry();
    entry.requestCode = requestCode;
    entry.caller = caller == null ? null : find(caller);
    try {
      entry.controller = Robolectric.buildActivity(appClass(name).asSubclass(Activity.class), intent);
    } catch (ClassNotFoundException e) {
      throw new ActivityNotFoundException("Unable to instantiate activity " + name + ": " + e);
    }
    ENTRIES.add(entry);
    // Not startActivitySync: the window attaches at the first vsync, and the focus that it gives before that fails.
    entry.controller.create(saved);
    ReflectionHelpers.<List<Object>>getField(this, "createdActivities").add(entry.controller);
    return entry;
  }

  private boolean bringForward(Intent intent, String name) {
    Entry top = topEntry();
    if (top == null) {
      return false;
    }
    int flags = intent.getFlags();
    boolean single = has(flags, Intent.FLAG_ACTIVITY_SINGLE_TOP) || launchMode(name) == ActivityInfo.LAUNCH_SINGLE_TOP;
    boolean unique = launchMode(name) >= ActivityInfo.LAUNCH_SINGLE_TASK;
    if (single && isNamed(top, name)) {
      top.controller.newIntent(intent);
      return true;
    }
    if (!unique && !has(flags, Intent.FLAG_ACTIVITY_CLEAR_TOP)) {
      return false;
    }
    Entry found = ENTRIES.stream().filter(entry -> isNamed(entry, name)).findFirst().orElse(null);
    if (found == null) {
      return false;
    }
    if (!single && !unique) {
      found.activity().finish(); // FLAG_ACTIVITY_CLEAR_TOP alone makes the activity anew
    }
    ENTRIES.subList(ENTRIES.indexOf(found) + 1, ENTRIES.size()).forEach(entry -> entry.activity().finish());
    if (found.activity().isFinishing()) {
      return false;
    }
    sweep();
    found.controller.newIntent(intent);
    return true;
  }

  private int launchMode(String name) {
    try {
      Context context = getTargetContext();
      return context
          .getPackageManager()
          .getActivityInfo(new android.content.ComponentName(context, name), 0)
          .launchMode;
    } catch (PackageManager.NameNotFoundException e) {
      throw new ActivityNotFoundException(name + " is not in the manifest");
    }
  }

  /** Destroys the activities that have called finish(), delivers their results and wakes what lies below. */
  void sweep() {
    Windows.updateFocus();
    if (pendingStarts > 0) {
      return; // an activity that starts another and finishes is destroyed after the other is there
    }
    boolean changed = false;
    for (int i = ENTRIES.size() - 1; i >= 0; i--) {
      Entry entry = ENTRIES.get(i);
      if (entry.activity().isFinishing()) {
        remove(entry, i == ENTRIES.size() - 1);
        i = Math.min(i, ENTRIES.size());
        changed = true;
      }
    }
    if (changed) {
      tell();
    }
  }

  private void remove(Entry entry, boolean wasTop) {
    ENTRIES.remove(entry);
    boolean wasStarted = wasTop && !inBackground && entry.activity().getWindow().getDecorView().isAttachedToWindow();
    if (wasStarted) {
      entry.controller.topActivityResumed(false).pause();
    }
    deliverResult(entry);
    Entry below = topEntry();
    if (wasTop && below != null && !below.activity().isFinishing() && !inBackground) {
      below.controller.restart().start();
      below.show();
    }
    if (wasStarted) {
      entry.controller.stop();
    }
    entry.controller.destroy();
  }

  private static void deliverResult(Entry entry) {
    if (entry.requestCode < 0 || entry.caller == null) {
      return;
    }
    ShadowActivity finished = Shadow.extract(entry.activity());
    ShadowActivity caller = Shadow.extract(entry.caller.activity());
    caller.internalCallDispatchActivityResult(
        null, entry.requestCode, finished.getResultCode(), finished.getResultIntent());
  }

  /** Another app, or the launcher, has come in front: what the activities leave with the system, bottom to top. */
  List<SavedState> toBackground() {
    Entry top = topEntry();
    if (top != null && !inBackground) {
      inBackground = true;
      top.controller.topActivityResumed(false).pause().stop();
    }
    return ENTRIES.stream().filter(entry -> !entry.activity().isFinishing()).map(ActivityStack::saved).toList();
  }

  private static SavedState saved(Entry entry) {
    Bundle bundle = new Bundle();
    entry.controller.saveInstanceState(bundle);
    Activity activity = entry.activity();
    return new SavedState(activity.getClass().getName(), activity.getIntent(), bundle);
  }

  void toForeground() {
    Entry top = topEntry();
    if (top != null && inBackground) {
      inBackground = false;
      top.controller.restart().start();
      top.show();
    }
  }

  private static void tell() {
    listener.accept(names());
  }

  private static Entry topEntry() {
    return ENTRIES.isEmpty() ? null : ENTRIES.get(ENTRIES.size() - 1);
  }

  private static Entry find(Activity activity) {
    return ENTRIES.stream().filter(entry -> entry.activity() == activity).findFirst().orElse(null);
  }

  private static boolean isNamed(Entry entry, String name) {
    return entry.activity().getClass().getName().equals(name) && !entry.activity().isFinishing();
  }

  private static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }
}
