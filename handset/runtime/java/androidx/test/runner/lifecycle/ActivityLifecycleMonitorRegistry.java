package androidx.test.runner.lifecycle;

/** Where the monitor is found. */
public final class ActivityLifecycleMonitorRegistry {
  private static volatile ActivityLifecycleMonitor monitor;

  private ActivityLifecycleMonitorRegistry() {}

  public static ActivityLifecycleMonitor getInstance() {
    if (monitor == null) {
      throw new IllegalStateException("no lifecycle monitor is registered");
    }
    return monitor;
  }

  public static void registerInstance(ActivityLifecycleMonitor instance) {
    monitor = instance;
  }
}
