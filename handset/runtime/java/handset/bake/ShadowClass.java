package handset.bake;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PROTECTED;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.NEW;
import static org.objectweb.asm.Opcodes.PUTFIELD;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import org.robolectric.annotation.RealObject;
import org.robolectric.annotation.ReflectorObject;

/** Rewrites one class of the shadows' jar, so that baked framework classes can call it without reflection. */
final class ShadowClass extends ClassVisitor {
  private final String name;
  private final Set<String> injected;
  private final ShadowNeeds needs;

  private ShadowClass(ClassWriter target, ClassReader source, ShadowNeeds needs) {
    super(ASM9, target);
    this.name = source.getClassName();
    this.injected = injectedFields(source);
    this.needs = needs;
  }

  /** The baked form of a class file of the shadows' jar. */
  static byte[] bake(ClassReader source, ShadowNeeds needs) {
    ClassWriter target = new ClassWriter(0);
    source.accept(new ShadowClass(target, source, needs), 0);
    return target.toByteArray();
  }

  @Override
  public void visit(int version, int access, String type, String signature, String parent, String[] interfaces) {
    super.visit(version, access | ACC_PUBLIC, type, signature, parent, interfaces);
  }

  @Override
  public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] thrown) {
    int opened = (access & ACC_PROTECTED) != 0 ? access & ~ACC_PROTECTED | ACC_PUBLIC : access;
    return super.visitMethod(opened, method, descriptor, signature, thrown);
  }

  @Override
  public FieldVisitor visitField(int access, String field, String descriptor, String signature, Object value) {
    int closed = ACC_PRIVATE | ACC_PROTECTED | ACC_FINAL;
    int opened = injected.contains(field) ? access & ~closed | ACC_PUBLIC : access;
    return super.visitField(opened, field, descriptor, signature, value);
  }

  @Override
  public void visitEnd() {
    if (needs.needsInstance(name)) {
      writeFactory();
    }
    needs.constructorsOf(name).forEach(this::writeConstructorBridge);
    super.visitEnd();
  }

  private static Set<String> injectedFields(ClassReader source) {
    Set<String> fields = new HashSet<>();
    ClassVisitor scan =
        new ClassVisitor(ASM9) {
          @Override
          public FieldVisitor visitField(int access, String field, String descriptor, String signature, Object value) {
            return new FieldVisitor(ASM9) {
              @Override
              public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                if (annotation.equals(Type.getDescriptor(RealObject.class))
                    || annotation.equals(Type.getDescriptor(ReflectorObject.class))) {
                  fields.add(field);
                }
                return null;
              }
            };
          }
        };
    source.accept(scan, ClassReader.SKIP_CODE);
    return fields;
  }

  /** Does what ShadowWrangler does by reflection for a new object: makes its shadow and fills the injected fields. */
  private void writeFactory() {
    MethodVisitor code =
        cv.visitMethod(
            ACC_PUBLIC | ACC_STATIC | ACC_SYNTHETIC, Names.CREATE, Names.CREATE_DESCRIPTOR, null, null);
    code.visitCode();
    code.visitTypeInsn(NEW, name);
    code.visitInsn(DUP);
    code.visitMethodInsn(INVOKESPECIAL, name, "<init>", "()V", false);
    code.visitVarInsn(ASTORE, 1);
    writeInjection(code, RealObject.class);
    writeInjection(code, ReflectorObject.class);
    code.visitVarInsn(ALOAD, 1);
    code.visitInsn(ARETURN);
    code.visitMaxs(3, 2);
    code.visitEnd();
  }

  private void writeInjection(MethodVisitor code, Class<? extends Annotation> kind) {
    for (Class<?> type = load(name); type != null && type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!field.isAnnotationPresent(kind)) {
          continue;
        }
        code.visitVarInsn(ALOAD, 1);
        if (kind == ReflectorObject.class) {
          code.visitLdcInsn(Type.getType(field.getType()));
          code.visitVarInsn(ALOAD, 0);
          String reflector = "(Ljava/lang/Class;Ljava/lang/Object;)Ljava/lang/Object;";
          code.visitMethodInsn(INVOKESTATIC, Names.REFLECTOR, "reflector", reflector, false);
        } else {
          code.visitVarInsn(ALOAD, 0);
        }
        if (field.getType() != Object.class) {
          code.visitTypeInsn(CHECKCAST, Type.getInternalName(field.getType()));
        }
        code.visitFieldInsn(
            PUTFIELD, Type.getInternalName(type), field.getName(), Type.getDescriptor(field.getType()));
      }
    }
  }

  /** A subclass may override the method, and the shadow of a superclass's constructor must still be the superclass's. */
  private void writeConstructorBridge(String bridge, ShadowNeeds.Constructor constructor) {
    String descriptor = "(L" + name + ";" + constructor.descriptor().substring(1);
    MethodVisitor code =
        cv.visitMethod(ACC_PUBLIC | ACC_STATIC | ACC_SYNTHETIC, bridge, descriptor, null, null);
    code.visitCode();
    int local = 0;
    for (Type argument : Type.getArgumentTypes(descriptor)) {
      code.visitVarInsn(argument.getOpcode(ILOAD), local);
      local += argument.getSize();
    }
    code.visitMethodInsn(INVOKESPECIAL, name, constructor.name(), constructor.descriptor(), false);
    code.visitInsn(Type.getReturnType(descriptor).getOpcode(IRETURN));
    code.visitMaxs(Math.max(local, 2), local);
    code.visitEnd();
  }

  private static Class<?> load(String internalName) {
    try {
      return Class.forName(internalName.replace('/', '.'), false, Baker.LOADER);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
