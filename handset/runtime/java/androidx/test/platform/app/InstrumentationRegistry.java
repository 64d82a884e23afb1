package androidx.test.platform.app;

import android.app.Instrumentation;
import android.os.Bundle;

/** The part of androidx.test's registry that Robolectric calls. */
public final class InstrumentationRegistry {
  private static volatile Instrumentation instrumentation;

  private InstrumentationRegistry() {}

  public static Instrumentation getInstrumentation() {
    if (instrumentation == null) {
      throw new IllegalStateException("no instrumentation is registered");
    }
    return instrumentation;
  }

  public static void registerInstance(Instrumentation instance, Bundle arguments) {
    instrumentation = instance;
  }
}
