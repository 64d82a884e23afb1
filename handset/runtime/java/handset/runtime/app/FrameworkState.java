package handset.runtime.app;

import handset.runtime.host.Modes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.robolectric.annotation.Config;
import org.robolectric.internal.AndroidSandbox;
import org.robolectric.manifest.AndroidManifest;
import org.robolectric.pluginapi.config.ConfigurationStrategy.Configuration;
import org.robolectric.shadows.ShadowChoreographer;
import org.robolectric.shadows.ShadowView;

/** Brings the framework of the sandbox into the state in which an app runs: its manifest, its screen, real graphics. */
final class FrameworkState {
  private static final Duration FRAME = Duration.ofMillis(16);

  private FrameworkState() {}

  static void set(AndroidSandbox sandbox, Launch launch, String name) {
    sandbox.getTestEnvironment().setUpApplicationState(name, new AppConfiguration(launch), manifest(launch));
    ShadowView.setUseRealViewAnimations(true);
    ShadowView.setUseRealDrawTraversals(false); // frames are drawn when a screenshot asks for one
    ShadowChoreographer.setPaused(true);
    ShadowChoreographer.setFrameDelay(FRAME);
  }

  static void forgetScreen() {
    ShadowView.setUseRealDrawTraversals(false);
  }

  /** Robolectric's manifest reader, except that the APK's own target SDK counts. */
  private static AndroidManifest manifest(Launch launch) {
    return new AndroidManifest(null, null, null, null, "", launch.apk()) {
      @Override
      public int getTargetSdkVersion() {
        return launch.targetSdk();
      }

      @Override
      public String getAppComponentFactory() {
        return null;
      }
    };
  }

  private static final class AppConfiguration implements Configuration {
    private final Map<Class<?>, Object> modes = Modes.all();

    AppConfiguration(Launch launch) {
      float fontScale = launch.configuration().fontScale();
      Config config = new Config.Builder().setQualifiers(launch.qualifiers()).setFontScale(fontScale).build();
      modes.put(Config.class, config);
    }

    @Override
    public <T> T get(Class<T> type) {
      return type.cast(modes.get(type));
    }

    @Override
    public Set<Class<?>> keySet() {
      return modes.keySet();
    }

    @Override
    public Map<Class<?>, Object> map() {
      return modes;
    }
  }
}
