package handset.bake;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.Optional;

/** Tells which method a direct method handle calls, whoever looked it up; needs {@code java.lang.invoke} opened. */
final class Reveal {
  private static final MethodHandles.Lookup TRUSTED = trusted();

  private Reveal() {}

  /** The method, or empty when the handle is a composition. */
  static Optional<MethodHandleInfo> direct(MethodHandle handle) {
    try {
      return Optional.of(TRUSTED.revealDirect(handle));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static MethodHandles.Lookup trusted() {
    try {
      Field field = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
      field.setAccessible(true);
      return (MethodHandles.Lookup) field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
