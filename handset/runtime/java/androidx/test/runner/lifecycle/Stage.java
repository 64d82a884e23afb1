package androidx.test.runner.lifecycle;

/** Where an activity is in its life; names and order are androidx.test's. */
public enum Stage {
  PRE_ON_CREATE,
  CREATED,
  STARTED,
  RESUMED,
  PAUSED,
  STOPPED,
  RESTARTED,
  DESTROYED
}
