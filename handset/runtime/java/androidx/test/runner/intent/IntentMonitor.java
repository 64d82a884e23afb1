package androidx.test.runner.intent;

/** Marks the monitor of started intents. */
public interface IntentMonitor {}
