package androidx.test.runner.lifecycle;

/** Marks the monitor of the application's life, of which Robolectric only reports to. */
public interface ApplicationLifecycleMonitor {}
