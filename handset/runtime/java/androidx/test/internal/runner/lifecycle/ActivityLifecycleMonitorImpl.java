package androidx.test.internal.runner.lifecycle;

import android.app.Activity;
import androidx.test.runner.lifecycle.ActivityLifecycleCallback;
import androidx.test.runner.lifecycle.ActivityLifecycleMonitor;
import androidx.test.runner.lifecycle.Stage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** Remembers the stage of each living activity and tells the callbacks. */
public final class ActivityLifecycleMonitorImpl implements ActivityLifecycleMonitor {
  private final Map<Activity, Stage> stages = new WeakHashMap<>();
  private final List<ActivityLifecycleCallback> callbacks = new ArrayList<>();

  public void signalLifecycleChange(Stage stage, Activity activity) {
    List<ActivityLifecycleCallback> told;
    synchronized (this) {
      if (stage == Stage.DESTROYED) {
        stages.remove(activity);
      } else {
        stages.put(activity, stage);
      }
      told = List.copyOf(callbacks);
    }
    for (ActivityLifecycleCallback callback : told) {
      callback.onActivityLifecycleChanged(activity, stage);
    }
  }

  @Override
  public synchronized void addLifecycleCallback(ActivityLifecycleCallback callback) {
    callbacks.add(callback);
  }

  @Override
  public synchronized void removeLifecycleCallback(ActivityLifecycleCallback callback) {
    callbacks.remove(callback);
  }

  @Override
  public synchronized Stage getLifecycleStageOf(Activity activity) {
    return stages.getOrDefault(activity, Stage.DESTROYED);
  }

  @Override
  public synchronized Collection<Activity> getActivitiesInStage(Stage stage) {
    Collection<Activity> found = new ArrayList<>();
    stages.forEach(
        (activity, current) -> {
          if (current == stage) {
            found.add(activity);
          }
        });
    return found;
  }
}
