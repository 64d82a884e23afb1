package handset.bake;

import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.IRETURN;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A static method that calls a shadow method on behalf of one call site.
 *
 * <p>{@code siteDescriptor} is the call site's, with the receiver first unless {@code isStatic}; {@code realDescriptor} is
 * that of the framework's method.
 */
record SiteBridge(
    String name, String siteDescriptor, String realDescriptor, boolean isStatic, boolean isConstructor, Method shadow)
    implements Bridge {

  /** Why a call can't be written as a bridge; null when it can. */
  static String obstacle(Method shadow, String realDescriptor, boolean isStatic, boolean isConstructor) {
    boolean shadowIsStatic = Modifier.isStatic(shadow.getModifiers());
    if (isStatic && !shadowIsStatic) {
      return "instance shadow of a static method";
    }
    if (isConstructor && shadowIsStatic) {
      return "static shadow of a constructor";
    }
    Type wanted = Type.getReturnType(realDescriptor);
    Type returned = Type.getType(shadow.getReturnType());
    boolean valueIsUsed = wanted.getSort() != Type.VOID && returned.getSort() != Type.VOID;
    boolean bothAreReferences = isReference(wanted) && isReference(returned);
    if (valueIsUsed && !wanted.equals(returned) && !bothAreReferences) {
      return "shadow returns another primitive type";
    }
    return null;
  }

  @Override
  public void write(ClassVisitor target) {
    String owner = Type.getInternalName(shadow.getDeclaringClass());
    boolean ownerIsInterface = shadow.getDeclaringClass().isInterface();
    boolean shadowIsStatic = Modifier.isStatic(shadow.getModifiers());
    String descriptor = Type.getMethodDescriptor(shadow);
    MethodVisitor code =
        target.visitMethod(ACC_PRIVATE | ACC_STATIC | ACC_SYNTHETIC, name, siteDescriptor, null, null);
    code.visitCode();
    int stack = 0;
    if (!shadowIsStatic) {
      code.visitVarInsn(ALOAD, 0);
      code.visitMethodInsn(INVOKEINTERFACE, Names.SHADOWED, "$$robo$getData", "()Ljava/lang/Object;", true);
      code.visitTypeInsn(CHECKCAST, owner);
      stack++;
    }
    int local = isStatic ? 0 : 1;
    for (Type argument : Type.getArgumentTypes(realDescriptor)) {
      code.visitVarInsn(argument.getOpcode(ILOAD), local);
      local += argument.getSize();
      stack += argument.getSize();
    }
    if (isConstructor) {
      String bridged = "(L" + owner + ";" + descriptor.substring(1);
      code.visitMethodInsn(INVOKESTATIC, owner, Names.constructorBridge(descriptor), bridged, ownerIsInterface);
    } else {
      int call = shadowIsStatic ? INVOKESTATIC : INVOKEVIRTUAL;
      code.visitMethodInsn(call, owner, shadow.getName(), descriptor, ownerIsInterface);
    }
    writeReturn(code, Type.getReturnType(realDescriptor), Type.getType(shadow.getReturnType()));
    code.visitMaxs(Math.max(stack, 2), local);
    code.visitEnd();
  }

  private static void writeReturn(MethodVisitor code, Type wanted, Type returned) {
    if (!wanted.equals(returned)) {
      if (wanted.getSort() == Type.VOID) {
        code.visitInsn(returned.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
      } else if (returned.getSort() == Type.VOID) {
        code.visitInsn(zero(wanted));
      } else {
        code.visitTypeInsn(CHECKCAST, wanted.getInternalName());
      }
    }
    code.visitInsn(wanted.getOpcode(IRETURN));
  }

  private static int zero(Type type) {
    return switch (type.getSort()) {
      case Type.LONG -> Opcodes.LCONST_0;
      case Type.FLOAT -> Opcodes.FCONST_0;
      case Type.DOUBLE -> Opcodes.DCONST_0;
      case Type.ARRAY, Type.OBJECT -> Opcodes.ACONST_NULL;
      default -> Opcodes.ICONST_0;
    };
  }

  private static boolean isReference(Type type) {
    return type.getSort() >= Type.ARRAY;
  }
}
