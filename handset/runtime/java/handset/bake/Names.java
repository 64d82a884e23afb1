package handset.bake;

import handset.runtime.host.BakedReflectors;

/** Internal names of Robolectric's classes and of what baking adds to the baked ones. */
final class Names {
  static final String OBJECT = "java/lang/Object";
  static final String DYNAMIC_SUPPORT = "org/robolectric/internal/bytecode/InvokeDynamicSupport";
  static final String INTERNALS = "org/robolectric/internal/bytecode/RobolectricInternals";
  static final String NO_SHADOW = "org/robolectric/internal/bytecode/NoShadow";
  static final String SHADOWED = "org/robolectric/internal/bytecode/ShadowedObject";
  static final String REFLECTOR = "org/robolectric/util/reflector/Reflector";
  static final String APP_LOADER = "handset/runtime/host/AppLoader";
  static final String BAKED_LOADER = "handset/runtime/host/BakedClassLoader";
  static final String NATIVE_FILES = "handset/runtime/host/NativeFiles";
  static final String MAPPED_TABLE = "org/robolectric/res/android/MappedTable";
  static final String LAZY_PROVIDER = "handset/runtime/host/LazyBouncyCastle";

  /** Static factory in a shadow's class: makes the shadow of the real object it is given. */
  static final String CREATE = "$$bake$create";

  /** Descriptor of {@link #CREATE} and of Robolectric's initialiser of a shadow. */
  static final String CREATE_DESCRIPTOR = "(Ljava/lang/Object;)Ljava/lang/Object;";

  static final String BAKED_REFLECTORS = "handset/runtime/host/BakedReflectors";

  private Names() {}

  /** The name of the baked implementation of one of Robolectric's reflector interfaces. */
  static String reflectorClass(Class<?> reflector) {
    return reflector.getName() + BakedReflectors.SUFFIX;
  }

  /** The static method in a shadow's class that calls one of its {@code __constructor__} methods non-virtually. */
  static String constructorBridge(String descriptor) {
    return "$$bake$constructor$" + Integer.toHexString(descriptor.hashCode());
  }

  /** The static method in a framework class that calls the shadow at the numbered call site. */
  static String siteBridge(int number) {
    return "$$bake$site$" + number;
  }
}
