package handset.tools;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lets the Java runtime verify an app's classes as it would when they are first used, without initialising them. */
final class Verification extends ClassLoader {
  private static final String NO_SUCH_METHOD = "$$no$such$method";

  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> classes;
  private final Hierarchy hierarchy;

  /** {@code classes} by internal name. */
  Verification(Map<String, byte[]> classes, Hierarchy hierarchy) {
    super(Verification.class.getClassLoader());
    this.classes = classes;
    this.hierarchy = hierarchy;
  }

  /** The classes that are refused, with the first line of the reason after a tab; those that can't even be loaded are not. */
  List<String> refused() {
    List<String> refused = new ArrayList<>();
    for (String name : classes.keySet()) {
      if (hierarchy.definesInFramework(name)) {
        continue;
      }
      try {
        link(loadClass(name.replace('/', '.')));
      } catch (ClassNotFoundException | LinkageError e) {
        // A superclass is missing: Android can't load it either.
        continue;
      } catch (Refused e) {
        refused.add(name + "\t" + String.valueOf(e.getCause().getMessage()).lines().findFirst().orElse(""));
      }
    }
    return refused;
  }

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(LinkageError cause) {
      super(cause);
    }
  }

  /** Looking for a method links its class; that there is none is the good end. */
  private static void link(Class<?> type) throws Refused {
    try {
      MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .findStatic(type, NO_SUCH_METHOD, MethodType.methodType(void.class));
    } catch (ReflectiveOperationException e) {
      if (e.getCause() instanceof LinkageError error && !(error instanceof NoSuchMethodError)) {
        throw new Refused(error);
      }
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    String internal = name.replace('.', '/');
    byte[] content = classes.get(internal);
    if (content == null || hierarchy.definesInFramework(internal)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> found = findLoadedClass(name);
      return found != null ? found : defineClass(name, content, 0, content.length);
    }
  }
}
