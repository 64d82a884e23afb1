package handset.runtime.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.nio.file.Path;

/**
 * The time of day as the device tells it, which somebody may have set.
 *
 * <p>Everything in a process that asks for the time of day does so through two native methods of the Java runtime: {@code
 * System.currentTimeMillis} and the one behind {@code java.time}. Dates, calendars and the check of certificates follow
 * from them. Timeouts and Android's uptime are counted by another clock, which nobody can set.
 *
 * <p>Compiled code would read the clock by itself: the process must run with that switched off.
 */
public final class DeviceClock {
  private static MethodHandle hostMillis;
  private static MethodHandle hostNanos;
  private static volatile long ahead;

  private DeviceClock() {}

  /** Sets how many milliseconds the device's time is ahead of the host's; negative when it is behind. */
  public static synchronized void setAhead(long millis) {
    if (millis != 0 && hostMillis == null) {
      install();
    }
    ahead = millis;
  }

  private static void install() {
    Path jvm = Path.of(System.getProperty("java.home"), "lib", "server", System.mapLibraryName("jvm"));
    SymbolLookup functions = SymbolLookup.libraryLookup(jvm, Arena.global());
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor millis = FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS);
    FunctionDescriptor nanos = FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    hostMillis = linker.downcallHandle(functions.findOrThrow("JVM_CurrentTimeMillis"), millis);
    hostNanos = linker.downcallHandle(functions.findOrThrow("JVM_GetNanoTimeAdjustment"), nanos);
    NativeLibrary library = NativeLibrary.loaded(System.mapLibraryName("java"));
    library.redirect("JVM_CurrentTimeMillis", MethodHandles.lookup(), "currentTimeMillis", millis);
    library.redirect("JVM_GetNanoTimeAdjustment", MethodHandles.lookup(), "nanoTimeAdjustment", nanos);
    register("java.lang.System", "registerNatives");
    register("jdk.internal.misc.VM", "initialize");
  }

  /** Lets a class of the Java runtime read the library's addresses of its native methods again. */
  private static void register(String type, String method) {
    try {
      Method register = Class.forName(type).getDeclaredMethod(method);
      register.setAccessible(true);
      register.invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java runtime's clock can't be led to the device's", e);
    }
  }

  /** Called by the Java runtime in the place of its own native method. */
  private static long currentTimeMillis(MemorySegment environment, MemorySegment type) {
    try {
      return (long) hostMillis.invokeExact(environment, type) + ahead;
    } catch (Throwable e) {
      return fail(e);
    }
  }

  /** As above: nanoseconds from a time, in seconds since the epoch, to now; -1 when they are too many. */
  private static long nanoTimeAdjustment(MemorySegment environment, MemorySegment type, long since) {
    long shift = ahead;
    try {
      long nanos = (long) hostNanos.invokeExact(environment, type, since - Math.floorDiv(shift, 1000));
      return nanos == -1 ? -1 : nanos + Math.floorMod(shift, 1000) * 1_000_000L;
    } catch (Throwable e) {
      return fail(e);
    }
  }

  /** An exception can't go through native code. */
  private static long fail(Throwable error) {
    error.printStackTrace();
    Runtime.getRuntime().halt(1);
    return 0;
  }
}
