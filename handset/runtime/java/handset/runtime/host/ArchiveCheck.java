package handset.runtime.host;

import java.lang.reflect.Method;

/** Says so when the Java runtime has silently passed over the archive that it was given. */
final class ArchiveCheck {
  private ArchiveCheck() {}

  static void run() {
    if (Framework.BAKED && Boolean.getBoolean("handset.archived") && !isUsed()) {
      System.err.println(
          "handset: the archive of the baked framework does not fit this Java runtime, so apps start slowly."
              + " Run: handset bake");
    }
  }

  /** Not public in Java; needs {@code jdk.internal.misc} opened. */
  private static boolean isUsed() {
    try {
      Method question = Class.forName("jdk.internal.misc.CDS").getDeclaredMethod("isUsingArchive");
      return (boolean) question.invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java runtime can't tell whether it uses its archive", e);
    }
  }
}
