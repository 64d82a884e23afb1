package org.robolectric.internal.bytecode;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.android.AndroidSdkShadowMatcher;
import org.robolectric.config.ConfigurationRegistry;
import org.robolectric.interceptors.AndroidInterceptors;
import org.robolectric.internal.ShadowProvider;

/**
 * Asks Robolectric's own {@link ShadowWrangler} what it would do at a call site, without running any framework code.
 *
 * <p>Lives in this package because the wrangler's picker is not public. Safe for use by many threads.
 */
public final class ShadowDecisions {
  private final Wrangler wrangler;
  private final ShadowMap shadows;
  private final AndroidSdkShadowMatcher matcher;
  private final Interceptors interceptors = new Interceptors(AndroidInterceptors.all());
  private final Map<Class<?>, Optional<ShadowInfo>> exact = new ConcurrentHashMap<>();

  /** Decisions for an API level, with the modes (by class of mode) that the app process will run in. */
  public ShadowDecisions(int apiLevel, Map<Class<?>, Object> modes) throws ReflectiveOperationException {
    List<ShadowProvider> providers = new ArrayList<>();
    ServiceLoader.load(ShadowProvider.class).forEach(providers::add);
    shadows = new ShadowProviders(providers).getBaseShadowMap();
    matcher = new AndroidSdkShadowMatcher(apiLevel);
    wrangler = new Wrangler(shadows, matcher, interceptors);
    // Shadow pickers and interceptors read these, and would choose for another device if they were not set.
    set(ConfigurationRegistry.class, "instance", new ConfigurationRegistry(modes));
    set(RuntimeEnvironment.class, "apiLevel", apiLevel);
    set(RobolectricInternals.class, "classLoader", ShadowDecisions.class.getClassLoader());
    set(RobolectricInternals.class, "classHandler", wrangler);
    set(RobolectricInternals.class, "shadowInvalidator", new ShadowInvalidator());
    set(InvokeDynamicSupport.class, "INTERCEPTORS", interceptors);
  }

  /** The shadow made for exactly this class. */
  public Optional<ShadowInfo> shadowOf(Class<?> real) {
    return exact.computeIfAbsent(real, key -> Optional.ofNullable(shadows.getShadowInfo(key, matcher)));
  }

  /** The name of the class whose instances shadow instances of {@code real}: its own shadow's or a superclass's. */
  public Optional<String> instanceShadow(Class<?> real) {
    for (Class<?> type = real; type != null; type = type.getSuperclass()) {
      Optional<ShadowInfo> shadow = shadowOf(type);
      if (shadow.isPresent()) {
        return shadow.map(info -> info.shadowClassName);
      }
    }
    return Optional.empty();
  }

  /** The shadow method that stands in for a method of {@code real}; empty when the framework's own code runs. */
  public Optional<Method> shadowMethod(Class<?> real, String name, Class<?>... parameters) {
    return Optional.ofNullable(wrangler.pickShadowMethod(real, name, parameters));
  }

  /** What stands in for a method of the JDK that Android's differs from; empty when Robolectric has nothing. */
  public Optional<MethodHandle> interceptor(String owner, String name, MethodType type)
      throws ReflectiveOperationException {
    Interceptor interceptor = interceptors.findInterceptor(owner, name);
    return interceptor == null ? Optional.empty() : Optional.ofNullable(interceptor.getMethodHandle(name, type));
  }

  private static void set(Class<?> owner, String name, Object value) throws ReflectiveOperationException {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    field.set(null, value);
  }

  private static final class Wrangler extends ShadowWrangler {
    Wrangler(ShadowMap shadows, AndroidSdkShadowMatcher matcher, Interceptors interceptors) {
      super(shadows, matcher, interceptors, List.of());
    }

    @Override
    protected Method pickShadowMethod(Class<?> real, String name, Class<?>[] parameters) {
      return super.pickShadowMethod(real, name, parameters);
    }
  }
}
