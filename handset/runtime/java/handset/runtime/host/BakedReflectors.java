package handset.runtime.host;

import java.lang.reflect.Method;
import org.robolectric.util.reflector.Reflector;

/** Finds the class behind one of Robolectric's reflector interfaces: baked, or else generated as ever. */
public final class BakedReflectors {
  /** What the name of a baked class adds to that of its interface. */
  public static final String SUFFIX = "$$BakedReflector";

  private BakedReflectors() {}

  /** Stands in for the generator, which the bake has renamed. */
  public static Class<?> find(Class<?> reflector, Class<?> target) throws ReflectiveOperationException {
    try {
      return Class.forName(reflector.getName() + SUFFIX, true, reflector.getClassLoader());
    } catch (ClassNotFoundException e) {
      Method generate = Reflector.class.getDeclaredMethod("generateReflectorClass", Class.class, Class.class);
      generate.setAccessible(true);
      return (Class<?>) generate.invoke(null, reflector, target);
    }
  }
}
