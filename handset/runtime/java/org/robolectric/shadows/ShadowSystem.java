package org.robolectric.shadows;

/**
 * Stands in for Robolectric's class of the same name, to which the framework's calls of {@code java.lang.System} go.
 *
 * <p>Robolectric lets the framework's time of day begin with the process. On a device it is the device's.
 */
public class ShadowSystem {
  public static long nanoTime() {
    return ShadowPausedSystemClock.uptimeNanos();
  }

  public static long currentTimeMillis() {
    return System.currentTimeMillis();
  }
}
