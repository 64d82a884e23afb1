package handset.bake;

import org.objectweb.asm.ClassVisitor;

/** A static method that a baked class gets in the place of a call site. */
interface Bridge {
  String name();

  void write(ClassVisitor target);
}
