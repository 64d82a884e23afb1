package handset.runtime.host;

import handset.runtime.app.AppEnvironment;
import org.robolectric.internal.AndroidSandbox;

/** Entry of an app process: builds the framework's sandbox and hands its main thread to the app side. */
public final class Main {
  private static final int CRASHED = 10;

  private Main() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    Channel channel = Channel.overStandardStreams();
    ArchiveCheck.run();
    AppJars jars = new AppJars();
    AndroidSandbox sandbox = Framework.create(jars, Integer.getInteger("handset.api", 35), AppEnvironment.class);
    Runnable app =
        (Runnable)
            sandbox
                .getRobolectricClassLoader()
                .loadClass("handset.runtime.app.AppProcess")
                .getConstructor(AndroidSandbox.class, AppJars.class, Channel.class)
                .newInstance(sandbox, jars, channel);
    try {
      sandbox.runOnMainThread(app);
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(CRASHED);
    }
  }
}
