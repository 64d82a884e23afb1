package androidx.test.runner.intent;

/** No intent is ever stubbed in an app process. */
public final class IntentStubberRegistry {
  private IntentStubberRegistry() {}

  public static boolean isLoaded() {
    return false;
  }

  public static IntentStubber getInstance() {
    throw new IllegalStateException("intents are not stubbed here");
  }
}
