package handset.bake;

import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.POP;
import static org.objectweb.asm.Opcodes.POP2;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import org.robolectric.annotation.Filter;

/**
 * A static method that runs a framework method and, before or after it, a shadow's filter.
 *
 * <p>A filter is given as many of the arguments as it takes, and what it returns is dropped. {@code original} is the
 * framework's own method, of the class {@code owner}; {@code siteDescriptor} is the call site's, with the receiver first
 * unless {@code isStatic}.
 */
record FilterBridge(
    String name,
    String siteDescriptor,
    String owner,
    boolean ownerIsInterface,
    Handle original,
    boolean isStatic,
    Method filter)
    implements Bridge {

  /** Why a filter can't be written as a bridge; null when it can. */
  static String obstacle(Method filter, Handle original, boolean isStatic) {
    if (isStatic && !Modifier.isStatic(filter.getModifiers())) {
      return "instance filter of a static method";
    }
    Type[] given = Type.getArgumentTypes(original.getDesc());
    Type[] taken = Type.getArgumentTypes(filter);
    if (taken.length > given.length) {
      return "filter takes more than there is";
    }
    for (int index = 0; index < taken.length; index++) {
      boolean bothAreReferences = taken[index].getSort() >= Type.ARRAY && given[index].getSort() >= Type.ARRAY;
      if (!taken[index].equals(given[index]) && !bothAreReferences) {
        return "filter takes another primitive type";
      }
    }
    return null;
  }

  @Override
  public void write(ClassVisitor target) {
    MethodVisitor code =
        target.visitMethod(ACC_PRIVATE | ACC_STATIC | ACC_SYNTHETIC, name, siteDescriptor, null, null);
    Type[] arguments = Type.getArgumentTypes(original.getDesc());
    boolean isAfter = filter.getAnnotation(Filter.class).order() == Filter.Order.AFTER;
    code.visitCode();
    if (isAfter) {
      callOriginal(code, arguments);
      callFilter(code, arguments);
    } else {
      callFilter(code, arguments);
      callOriginal(code, arguments);
    }
    code.visitInsn(Type.getReturnType(original.getDesc()).getOpcode(IRETURN));
    int size = Type.getArgumentsAndReturnSizes(original.getDesc());
    code.visitMaxs((size >> 2) + (size & 3) + 2, size >> 2);
    code.visitEnd();
  }

  private void callOriginal(MethodVisitor code, Type[] arguments) {
    int local = 0;
    if (!isStatic) {
      code.visitVarInsn(ALOAD, local++);
    }
    for (Type argument : arguments) {
      code.visitVarInsn(argument.getOpcode(ILOAD), local);
      local += argument.getSize();
    }
    int call = isStatic ? INVOKESTATIC : INVOKESPECIAL;
    code.visitMethodInsn(call, owner, original.getName(), original.getDesc(), ownerIsInterface);
  }

  private void callFilter(MethodVisitor code, Type[] arguments) {
    String shadow = Type.getInternalName(filter.getDeclaringClass());
    boolean filterIsStatic = Modifier.isStatic(filter.getModifiers());
    if (!filterIsStatic) {
      code.visitVarInsn(ALOAD, 0);
      code.visitMethodInsn(INVOKEINTERFACE, Names.SHADOWED, "$$robo$getData", "()Ljava/lang/Object;", true);
      code.visitTypeInsn(CHECKCAST, shadow);
    }
    Type[] taken = Type.getArgumentTypes(filter);
    int local = isStatic ? 0 : 1;
    for (int index = 0; index < taken.length; index++) {
      code.visitVarInsn(arguments[index].getOpcode(ILOAD), local);
      local += arguments[index].getSize();
      if (!taken[index].equals(arguments[index])) {
        code.visitTypeInsn(CHECKCAST, taken[index].getInternalName());
      }
    }
    int call = filterIsStatic ? INVOKESTATIC : INVOKEVIRTUAL;
    String descriptor = Type.getMethodDescriptor(filter);
    code.visitMethodInsn(call, shadow, filter.getName(), descriptor, filter.getDeclaringClass().isInterface());
    Type returned = Type.getReturnType(filter);
    if (returned.getSort() != Type.VOID) {
      code.visitInsn(returned.getSize() == 2 ? POP2 : POP);
    }
  }
}
