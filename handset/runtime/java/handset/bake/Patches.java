package handset.bake;

import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.POP;
import static org.objectweb.asm.Opcodes.RETURN;

import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/** The few classes of Robolectric that take for granted what baking changes. */
final class Patches {
  private static final String NATIVE_LOADER = "org/robolectric/nativeruntime/DefaultNativeRuntimeLoader";
  private static final String ENVIRONMENT = "org/robolectric/android/internal/AndroidTestEnvironment";
  private static final String BOUNCY_CASTLE = "org/bouncycastle/jce/provider/BouncyCastleProvider";

  /** Classes outside of the framework's and the shadows' jars; the others are patched where they are baked. */
  static final List<String> ELSEWHERE = List.of(NATIVE_LOADER, ENVIRONMENT);

  private static final Set<String> ANSWER_WITH_A_LOADER =
      Set.of(ENVIRONMENT, "org/robolectric/shadows/ShadowLoadedApk", "org/robolectric/shadows/ShadowContextImpl");
  private static final Set<String> UNPACKING_METHODS =
      Set.of("maybeCopyIcuData", "maybeCopyFonts", "maybeCopyHyphenData", "loadLibrary");

  private Patches() {}

  /** The class file, patched if it is one of those. */
  static byte[] apply(byte[] classFile) {
    ClassReader source = new ClassReader(classFile);
    String name = source.getClassName();
    ClassWriter target = new ClassWriter(0);
    if (name.equals(NATIVE_LOADER)) {
      source.accept(new UseUnpackedFiles(target), 0);
    } else if (name.equals(ENVIRONMENT)) {
      SimpleRemapper provider = new SimpleRemapper(ASM9, BOUNCY_CASTLE, Names.LAZY_PROVIDER);
      source.accept(new UseAppLoader(new LeaveProviders(new ClassRemapper(target, provider))), 0);
    } else if (ANSWER_WITH_A_LOADER.contains(name)) {
      source.accept(new UseAppLoader(target), 0);
    } else {
      return classFile;
    }
    return target.toByteArray();
  }

  /** The native library, ICU's data and the fonts were unpacked by the bake: don't unpack them at each start. */
  private static final class UseUnpackedFiles extends ClassVisitor {
    UseUnpackedFiles(ClassVisitor target) {
      super(ASM9, target);
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
      MethodVisitor code = super.visitMethod(access, name, descriptor, signature, thrown);
      if (!UNPACKING_METHODS.contains(name)) {
        return code;
      }
      code.visitCode();
      code.visitMethodInsn(INVOKESTATIC, Names.NATIVE_FILES, name, "()V", false);
      code.visitInsn(RETURN);
      code.visitMaxs(0, 2);
      code.visitEnd();
      return null;
    }
  }

  /** The app's classes are in a loader of their own: answer with that one instead of the framework's. */
  private static final class UseAppLoader extends ClassVisitor {
    UseAppLoader(ClassVisitor target) {
      super(ASM9, target);
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
      return new MethodVisitor(ASM9, super.visitMethod(access, name, descriptor, signature, thrown)) {
        @Override
        public void visitMethodInsn(int opcode, String owner, String called, String type, boolean isInterface) {
          boolean isClass = owner.equals("java/lang/Class");
          if (isClass && called.equals("getClassLoader") && name.equals("resetState")) {
            String tracker = "(Ljava/lang/Class;)Lorg/robolectric/internal/ClassTracker;";
            super.visitMethodInsn(INVOKESTATIC, Names.BAKED_LOADER, "tracker", tracker, false);
          } else if (isClass && called.equals("getClassLoader")) {
            String loaderOf = "(Ljava/lang/Class;)Ljava/lang/ClassLoader;";
            super.visitMethodInsn(INVOKESTATIC, Names.APP_LOADER, "of", loaderOf, false);
          } else if (isClass && called.equals("forName") && type.startsWith("(Ljava/lang/String;)")) {
            super.visitMethodInsn(INVOKESTATIC, Names.APP_LOADER, "forName", type, false);
          } else {
            super.visitMethodInsn(opcode, owner, called, type, isInterface);
          }
        }
      };
    }
  }

  /** BouncyCastle comes from the security properties, which load it when it is asked for: don't remove and add it. */
  private static final class LeaveProviders extends ClassVisitor {
    LeaveProviders(ClassVisitor target) {
      super(ASM9, target);
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
      return new MethodVisitor(ASM9, super.visitMethod(access, name, descriptor, signature, thrown)) {
        @Override
        public void visitMethodInsn(int opcode, String owner, String called, String type, boolean isInterface) {
          boolean isSecurity = owner.equals("java/security/Security");
          if (isSecurity && called.equals("removeProvider")) {
            super.visitInsn(POP);
          } else if (isSecurity && called.equals("getProvider")) {
            super.visitMethodInsn(INVOKESTATIC, Names.LAZY_PROVIDER, "installed", type, false);
          } else {
            super.visitMethodInsn(opcode, owner, called, type, isInterface);
          }
        }
      };
    }
  }
}
