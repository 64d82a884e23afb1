package handset.bake;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.robolectric.util.reflector.ForType;
import org.robolectric.util.reflector.Reflector;

/** Generates the classes behind Robolectric's reflector interfaces, by Robolectric's own generator. */
final class ReflectorClasses {
  private final Method target = method("determineTargetClass", Class.class);
  private final Method generator = method("getBytecode", Class.class, Class.class, String.class);

  /** Whether the class is an interface for which Robolectric generates an implementation when it is first used. */
  static boolean isReflector(Class<?> type) {
    return type.isInterface() && type.isAnnotationPresent(ForType.class);
  }

  byte[] generate(Class<?> reflector) throws InvocationTargetException {
    try {
      String name = Names.reflectorClass(reflector);
      return OldClasses.modernise((byte[]) generator.invoke(null, reflector, target.invoke(null, reflector), name));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Method method(String name, Class<?>... parameters) {
    try {
      Method method = Reflector.class.getDeclaredMethod(name, parameters);
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Robolectric's generator of reflectors has changed", e);
    }
  }
}
