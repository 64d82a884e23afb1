package androidx.test.runner.lifecycle;

/** Takes the application's monitor; nothing here asks for it. */
public final class ApplicationLifecycleMonitorRegistry {
  private ApplicationLifecycleMonitorRegistry() {}

  public static void registerInstance(ApplicationLifecycleMonitor instance) {}
}
