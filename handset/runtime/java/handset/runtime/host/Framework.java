package handset.runtime.host;

import com.google.common.collect.ImmutableList;
import java.util.Properties;
import org.robolectric.android.AndroidSdkShadowMatcher;
import org.robolectric.android.internal.AndroidTestEnvironment;
import org.robolectric.annotation.ResourcesMode;
import org.robolectric.annotation.SQLiteMode;
import org.robolectric.interceptors.AndroidInterceptors;
import org.robolectric.internal.AndroidSandbox;
import org.robolectric.internal.SandboxManager;
import org.robolectric.internal.bytecode.ClassHandlerBuilder;
import org.robolectric.internal.bytecode.InstrumentationConfiguration;
import org.robolectric.internal.bytecode.Interceptors;
import org.robolectric.internal.bytecode.MethodRef;
import org.robolectric.internal.bytecode.ShadowMap;
import org.robolectric.internal.bytecode.ShadowProviders;
import org.robolectric.pluginapi.Sdk;
import org.robolectric.pluginapi.SdkProvider;
import org.robolectric.util.inject.Injector;

/**
 * Builds the sandbox that holds the Android framework, after the manner of Robolectric's simulator.
 *
 * <p>What is instrumented and what is shared with the outside follows Robolectric 4.17's AndroidConfigurer, which offers
 * no way to be called without a JUnit runner.
 */
public final class Framework {
  /** Whether the framework on the class path was linked with its shadows ahead of time. */
  public static final boolean BAKED = Boolean.getBoolean("handset.baked");

  private static final String[] SHARED_PACKAGES = {
    "handset.runtime.host.", "org.bouncycastle.", "org.conscrypt.", "org.objectweb.asm",
    "org.robolectric.manifest.", "org.robolectric.res.", "org.w3c.", "org.xml."
  };
  private static final String[] UNINSTRUMENTED_PACKAGES = {
    "android.support.constraint.", "android.support.v7.view.", "android.arch", "android.support.test", "android.R"
  };
  private static final String[] INSTRUMENTED_PACKAGES = {
    "dalvik.", "libcore.", "android.", "com.android.internal.",
    "org.apache.http.", "org.ccil.cowan.tagsoup.", "org.kxml2."
  };

  private Framework() {}

  static AndroidSandbox create(
      AppJars jars, int apiLevel, Class<? extends AndroidTestEnvironment> environment) {
    Injector injector =
        new Injector.Builder(Framework.class.getClassLoader())
            .bind(Properties.class, System.getProperties())
            .bind(AppJars.class, jars)
            .bind(AndroidSandbox.TestEnvironmentSpec.class, new AndroidSandbox.TestEnvironmentSpec(environment))
            .build();
    Sdk sdk = sdk(injector, apiLevel);
    Interceptors interceptors = new Interceptors(AndroidInterceptors.all());
    AndroidSandbox sandbox =
        injector
            .getInstance(SandboxManager.SandboxBuilder.class)
            .build(configuration(interceptors), sdk, sdk, ResourcesMode.Mode.BINARY, SQLiteMode.Mode.NATIVE);
    ShadowMap shadows = injector.getInstance(ShadowProviders.class).getBaseShadowMap().newBuilder().build();
    sandbox.replaceShadowMap(shadows);
    sandbox.configure(
        injector
            .getInstance(ClassHandlerBuilder.class)
            .build(shadows, new AndroidSdkShadowMatcher(apiLevel), interceptors, ImmutableList.of()),
        interceptors);
    return sandbox;
  }

  private static Sdk sdk(Injector injector, int apiLevel) {
    for (Sdk sdk : injector.getInstance(SdkProvider.class).getSdks()) {
      if (sdk.getApiLevel() == apiLevel) {
        return sdk;
      }
    }
    throw new IllegalStateException("Robolectric knows no SDK with API level " + apiLevel);
  }

  /** What Robolectric instruments when it loads a class, in a process that is not baked. */
  public static InstrumentationConfiguration configuration() {
    return configuration(new Interceptors(AndroidInterceptors.all()));
  }

  private static InstrumentationConfiguration configuration(Interceptors interceptors) {
    InstrumentationConfiguration.Builder builder = new InstrumentationConfiguration.Builder();
    for (MethodRef method : interceptors.getAllMethodRefs()) {
      builder.addInterceptedMethod(method);
    }
    builder.doNotAcquireClass("org.robolectric.shadow.api.ShadowPicker");
    for (String shared : SHARED_PACKAGES) {
      builder.doNotAcquirePackage(shared);
    }
    for (String plain : UNINSTRUMENTED_PACKAGES) {
      builder.doNotInstrumentPackage(plain);
    }
    for (String instrumented : INSTRUMENTED_PACKAGES) {
      builder.addInstrumentedPackage(instrumented);
    }
    return builder
        .doNotInstrumentClass("android.app.RecoverableSecurityException")
        .addClassNameTranslation("java.net.ExtendedResponseCache", "org.robolectric.fakes.RoboExtendedResponseCache")
        .addClassNameTranslation("java.net.ResponseSource", "org.robolectric.fakes.RoboResponseSource")
        .addClassNameTranslation("java.nio.charset.Charsets", "java.nio.charset.StandardCharsets")
        .addClassNameTranslation("java.lang.UnsafeByteSequence", "java.lang.Object")
        .addClassNameTranslation("java.util.jar.StrictJarFile", "java.lang.Object")
        .addClassNameTranslation("sun.misc.Cleaner", "java.lang.ref.Cleaner$Cleanable")
        .build();
  }
}
