package handset.tools;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Writes stack maps into classes that were translated from dex code, so that the Java runtime can verify them. */
final class Frames {
  private Frames() {}

  static byte[] write(ClassReader source, Hierarchy hierarchy) {
    ClassWriter target =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected String getCommonSuperClass(String one, String other) {
            return hierarchy.commonSuperclass(one, other);
          }
        };
    source.accept(
        new ClassVisitor(Opcodes.ASM9, target) {
          @Override
          public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            super.visit(Math.max(version & 0xffff, Opcodes.V1_8), access, name, signature, parent, interfaces);
          }
        },
        ClassReader.SKIP_FRAMES);
    return target.toByteArray();
  }
}
