package handset.bake;

import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.V1_8;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;

/** Gives classes of an old format stack maps: the Java runtime archives no class that the old verifier checks. */
final class OldClasses {
  /** The first format whose classes are archived. */
  private static final int OLDEST_ARCHIVED = 50;

  private OldClasses() {}

  /** The class file in a format that can be archived; the same bytes when it is in one. */
  static byte[] modernise(byte[] classFile) {
    ClassReader source = new ClassReader(classFile);
    if (source.readUnsignedShort(6) >= OLDEST_ARCHIVED) {
      return classFile;
    }
    ClassWriter target =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected ClassLoader getClassLoader() {
            return Baker.LOADER;
          }
        };
    source.accept(
        new ClassVisitor(ASM9, target) {
          @Override
          public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            super.visit(V1_8, access, name, signature, parent, interfaces);
          }
        },
        ClassReader.SKIP_FRAMES);
    return target.toByteArray();
  }
}
