package handset.runtime.host;

import java.lang.reflect.Method;
import javax.inject.Named;
import org.robolectric.internal.AndroidSandbox;
import org.robolectric.internal.ClassTracker;
import org.robolectric.internal.bytecode.ClassInstrumentor;
import org.robolectric.internal.bytecode.InstrumentationConfiguration;
import org.robolectric.pluginapi.Sdk;

/** Robolectric's sandbox loader without a sandbox: the baked framework lies on the plain class path. */
public class BakedClassLoader extends AndroidSandbox.SdkSandboxClassLoader {
  private static final ClassLoader PLAIN = BakedClassLoader.class.getClassLoader();

  public BakedClassLoader(
      InstrumentationConfiguration configuration, @Named("runtimeSdk") Sdk sdk, ClassInstrumentor instrumentor) {
    super(configuration, sdk, instrumentor);
  }

  /** Tells which framework classes are loaded, so that the shadows of the others need no reset between two apps. */
  public static ClassTracker tracker(Class<?> framework) throws NoSuchMethodException {
    ClassLoader loader = framework.getClassLoader();
    Method find = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
    find.setAccessible(true);
    return name -> {
      try {
        return name != null && find.invoke(loader, name) != null;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  @Override
  public Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return PLAIN.loadClass(name);
  }
}
