package handset.runtime.host;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;

/** The APK and the classes of the app that the process runs; a spare process learns them only when it is bound. */
public final class AppJars {
  private List<Path> paths = List.of();
  private int generation;

  /** Begins an app and returns the loader of its classes; {@code sandbox} is the framework's loader. */
  public synchronized ClassLoader open(List<Path> paths, ClassLoader sandbox) {
    this.paths = List.copyOf(paths);
    generation++;
    return Framework.BAKED ? AppLoader.open(urls()) : sandbox;
  }

  synchronized int generation() {
    return generation;
  }

  synchronized URL[] urls() {
    URL[] urls = new URL[paths.size()];
    for (int i = 0; i < urls.length; i++) {
      try {
        urls[i] = paths.get(i).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(paths.get(i).toString(), e);
      }
    }
    return urls;
  }
}
