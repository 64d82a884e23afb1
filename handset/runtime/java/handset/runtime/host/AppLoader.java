package handset.runtime.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;

/**
 * Loads the classes of an app in a baked process: the framework first, then the app, then the runtime's class path.
 *
 * <p>That is the order of {@link AppClassLoader}, which serves processes that are not baked.
 */
public final class AppLoader extends URLClassLoader {
  private static final ClassLoader FRAMEWORK = AppLoader.class.getClassLoader();
  private static final Set<String> FRAMEWORK_PACKAGES = frameworkPackages();
  private static volatile AppLoader current;

  static {
    registerAsParallelCapable();
  }

  private AppLoader(URL[] jars) {
    super("app", jars, FRAMEWORK);
  }

  /** Begins a new app: from now on the framework is answered with a loader of these jars. */
  static ClassLoader open(URL[] jars) {
    current = new AppLoader(jars);
    return current;
  }

  /** What {@code type.getClassLoader()} is in the eyes of an app: the loader of its own classes. */
  public static ClassLoader of(Class<?> type) {
    return current != null ? current : type.getClassLoader();
  }

  /** As {@link Class#forName(String)} from within the app. */
  public static Class<?> forName(String name) throws ClassNotFoundException {
    return Class.forName(name, true, current != null ? current : FRAMEWORK);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    int dot = name.lastIndexOf('.');
    boolean isShared = name.startsWith("java.") || FRAMEWORK_PACKAGES.contains(dot < 0 ? "" : name.substring(0, dot));
    if (isShared) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> found = findLoadedClass(name);
      if (found != null) {
        return found;
      }
      if (findResource(name.replace('.', '/') + ".class") == null) {
        return super.loadClass(name, resolve);
      }
      return findClass(name);
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> found = new ArrayList<>(Collections.list(findResources(name)));
    found.addAll(Collections.list(getParent().getResources(name)));
    return Collections.enumeration(found);
  }

  private static Set<String> frameworkPackages() {
    try (InputStream in = FRAMEWORK.getResourceAsStream("handset/framework-packages")) {
      return Set.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
    } catch (IOException e) {
      throw new IllegalStateException("the baked framework's list of packages can't be read", e);
    }
  }
}
