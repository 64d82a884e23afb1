package handset.runtime.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import javax.inject.Named;
import org.robolectric.internal.AndroidSandbox;
import org.robolectric.internal.bytecode.ClassInstrumentor;
import org.robolectric.internal.bytecode.InstrumentationConfiguration;
import org.robolectric.internal.bytecode.UrlResourceProvider;
import org.robolectric.pluginapi.Sdk;

/** Finds a class or resource in the framework first, then in the app, then in the runtime's own class path. */
public class AppClassLoader extends AndroidSandbox.SdkSandboxClassLoader {
  private final AppJars jars;
  private UrlResourceProvider app;
  private int generation = -1;

  public AppClassLoader(
      InstrumentationConfiguration configuration,
      @Named("runtimeSdk") Sdk sdk,
      ClassInstrumentor instrumentor,
      AppJars jars) {
    super(configuration, sdk, instrumentor);
    this.jars = jars;
  }

  private synchronized UrlResourceProvider app() {
    if (generation != jars.generation()) {
      generation = jars.generation();
      app = new UrlResourceProvider(jars.urls());
    }
    return app;
  }

  @Override
  protected InputStream getClassBytesFromAlternateClassLoader(String name) {
    return app().getResourceAsStream(name);
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    List<URL> found = new ArrayList<>(Collections.list(super.findResources(name)));
    found.addAll(Collections.list(app().getResources(name)));
    return Collections.enumeration(found);
  }

  @Override
  protected URL getResourceUrl(String name) {
    URL url = app().getResource(name);
    return url != null ? url : super.getResourceUrl(name);
  }
}
