package handset.bake;

import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.GETSTATIC;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.POP;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import org.robolectric.annotation.Filter;
import org.robolectric.internal.bytecode.ShadowConstants;
import org.robolectric.internal.bytecode.ShadowInfo;

/** Decides the call sites in one method of a framework class. A site that can't be decided stays as it was. */
final class CallSites extends MethodVisitor {
  private static final String KEPT = "kept: ";
  private final FrameworkClass owner;
  private final String method;

  CallSites(MethodVisitor target, FrameworkClass owner, String method) {
    super(ASM9, target);
    this.owner = owner;
    this.method = method;
  }

  /** A static initialiser asks whether it is shadowed; the class constant to ask with is on the stack. */
  @Override
  public void visitMethodInsn(int opcode, String type, String called, String descriptor, boolean isInterface) {
    boolean asks = type.equals(Names.INTERNALS) && called.equals("classInitializing") && method.equals("<clinit>");
    if (!asks) {
      super.visitMethodInsn(opcode, type, called, descriptor, isInterface);
      return;
    }
    super.visitInsn(POP);
    String initializer = ShadowConstants.STATIC_INITIALIZER_METHOD_NAME;
    Optional<Method> shadow = owner.decisions().shadowMethod(owner.real(), initializer);
    owner.count(shadow.isPresent() ? "static initializer: shadow" : "static initializer: original");
    String target = shadow.map(found -> Type.getInternalName(found.getDeclaringClass())).orElse(owner.name());
    super.visitMethodInsn(INVOKESTATIC, target, initializer, "()V", false);
  }

  @Override
  public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
    if (!bootstrap.getOwner().equals(Names.DYNAMIC_SUPPORT)) {
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
      return;
    }
    String outcome =
        switch (bootstrap.getName()) {
          case "bootstrapInit" -> instance();
          case "bootstrapIntrinsic" -> intercepted(name, descriptor, (String) arguments[0]);
          case "bootstrap" -> call(name, descriptor, (Handle) arguments[0], isNative(arguments), false);
          case "bootstrapStatic" -> call(name, descriptor, (Handle) arguments[0], isNative(arguments), true);
          default -> KEPT + "unknown bootstrap method";
        };
    owner.count(bootstrap.getName() + " " + outcome);
    if (outcome.startsWith(KEPT)) {
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }
  }

  private static boolean isNative(Object[] arguments) {
    return (Integer) arguments[1] == 1;
  }

  /** A new object asks for its shadow; the object is on the stack. */
  private String instance() {
    Optional<String> shadow = owner.decisions().instanceShadow(owner.real());
    if (shadow.isEmpty()) {
      super.visitInsn(POP);
      super.visitFieldInsn(GETSTATIC, Names.NO_SHADOW, "MARK", "Ljava/lang/Object;");
      return "no shadow";
    }
    String type = shadow.get().replace('.', '/');
    owner.needs().instance(type);
    super.visitMethodInsn(INVOKESTATIC, type, Names.CREATE, Names.CREATE_DESCRIPTOR, false);
    return "shadow";
  }

  /** A call of a JDK method that Robolectric replaces. */
  private String intercepted(String name, String descriptor, String callee) {
    MethodType type;
    Optional<MethodHandle> replacement;
    try {
      type = MethodType.fromMethodDescriptorString(descriptor, Baker.LOADER);
      replacement = owner.decisions().interceptor(callee, name, type);
    } catch (ReflectiveOperationException | TypeNotPresentException e) {
      return KEPT + "interceptor not found: " + e.getClass().getSimpleName();
    }
    MethodHandleInfo target = replacement.flatMap(Reveal::direct).orElse(null);
    if (target == null) {
      return KEPT + "interceptor is not one method";
    }
    Class<?> declaring = target.getDeclaringClass();
    boolean isVisible = Modifier.isPublic(target.getModifiers()) && Modifier.isPublic(declaring.getModifiers());
    boolean isMadeVisible = declaring.getName().startsWith("org.robolectric.shadows.");
    boolean fits =
        target.getReferenceKind() == MethodHandleInfo.REF_invokeStatic && target.getMethodType().equals(type);
    if (!fits || !(isVisible || isMadeVisible)) {
      return KEPT + "interceptor can't be called directly";
    }
    super.visitMethodInsn(INVOKESTATIC, Type.getInternalName(declaring), target.getName(), descriptor, false);
    return "interceptor";
  }

  /** A framework method asks which code is its body; receiver and arguments are on the stack. */
  private String call(String name, String siteDescriptor, Handle original, boolean isNative, boolean isStatic) {
    Optional<ShadowInfo> info = owner.decisions().shadowOf(owner.real());
    if (info.isEmpty()) {
      callOwn(original.getName(), original, isStatic);
      return "original, in a class without shadow";
    }
    Class<?>[] parameters;
    try {
      parameters = MethodType.fromMethodDescriptorString(original.getDesc(), Baker.LOADER).parameterArray();
    } catch (TypeNotPresentException e) {
      return KEPT + "a parameter's class is missing";
    }
    Optional<Method> shadow = owner.decisions().shadowMethod(owner.real(), name, parameters);
    if (shadow.isPresent()) {
      return shadow.get().isAnnotationPresent(Filter.class)
          ? callFiltered(shadow.get(), siteDescriptor, original, isStatic)
          : callShadow(shadow.get(), name, siteDescriptor, original.getDesc(), isStatic);
    }
    if (isNative && info.get().callNativeMethodsByDefault) {
      callOwn(ShadowConstants.ROBO_PREFIX + name + "$nativeBinding", original, isStatic);
      return "native binding";
    }
    callOwn(original.getName(), original, isStatic);
    return "original";
  }

  private void callOwn(String name, Handle original, boolean isStatic) {
    int opcode = isStatic ? INVOKESTATIC : INVOKESPECIAL;
    super.visitMethodInsn(opcode, owner.name(), name, original.getDesc(), owner.isInterface());
  }

  private String callFiltered(Method filter, String siteDescriptor, Handle original, boolean isStatic) {
    String obstacle = FilterBridge.obstacle(filter, original, isStatic);
    if (obstacle != null) {
      return KEPT + obstacle;
    }
    FilterBridge bridge =
        new FilterBridge(
            owner.nextBridgeName(), siteDescriptor, owner.name(), owner.isInterface(), original, isStatic, filter);
    owner.add(bridge);
    super.visitMethodInsn(INVOKESTATIC, owner.name(), bridge.name(), siteDescriptor, owner.isInterface());
    return "filter";
  }

  private String callShadow(
      Method shadow, String name, String siteDescriptor, String realDescriptor, boolean isStatic) {
    boolean isConstructor = name.equals(ShadowConstants.CONSTRUCTOR_METHOD_NAME);
    String obstacle = SiteBridge.obstacle(shadow, realDescriptor, isStatic, isConstructor);
    if (obstacle != null) {
      return KEPT + obstacle;
    }
    SiteBridge bridge =
        new SiteBridge(owner.nextBridgeName(), siteDescriptor, realDescriptor, isStatic, isConstructor, shadow);
    owner.add(bridge);
    super.visitMethodInsn(INVOKESTATIC, owner.name(), bridge.name(), siteDescriptor, owner.isInterface());
    if (isConstructor) {
      owner
          .needs()
          .constructor(
              Type.getInternalName(shadow.getDeclaringClass()),
              new ShadowNeeds.Constructor(shadow.getName(), Type.getMethodDescriptor(shadow)));
      return "shadow constructor";
    }
    return "shadow";
  }
}
