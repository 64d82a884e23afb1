package handset.bake;

import static org.objectweb.asm.Opcodes.ACC_INTERFACE;
import static org.objectweb.asm.Opcodes.ASM9;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.robolectric.internal.bytecode.ShadowDecisions;

/** Rewrites one instrumented framework class: every call site that Robolectric would link at run time becomes a call. */
final class FrameworkClass extends ClassVisitor {
  private final String name;
  private final boolean isInterface;
  private final Class<?> real;
  private final ShadowDecisions decisions;
  private final ShadowNeeds needs;
  private final BakeReport report;
  private final List<Bridge> bridges = new ArrayList<>();

  private FrameworkClass(
      ClassWriter target,
      ClassReader source,
      Class<?> real,
      ShadowDecisions decisions,
      ShadowNeeds needs,
      BakeReport report) {
    super(ASM9, target);
    this.name = source.getClassName();
    this.isInterface = (source.getAccess() & ACC_INTERFACE) != 0;
    this.real = real;
    this.decisions = decisions;
    this.needs = needs;
    this.report = report;
  }

  /** The baked form of a class file; {@code real} is the class itself, loaded but not initialised. */
  static byte[] bake(
      ClassReader source, Class<?> real, ShadowDecisions decisions, ShadowNeeds needs, BakeReport report) {
    ClassWriter target = new ClassWriter(0);
    source.accept(new FrameworkClass(target, source, real, decisions, needs, report), 0);
    return target.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] thrown) {
    return new CallSites(super.visitMethod(access, method, descriptor, signature, thrown), this, method);
  }

  @Override
  public void visitEnd() {
    bridges.forEach(bridge -> bridge.write(cv));
    super.visitEnd();
  }

  String name() {
    return name;
  }

  boolean isInterface() {
    return isInterface;
  }

  Class<?> real() {
    return real;
  }

  ShadowDecisions decisions() {
    return decisions;
  }

  ShadowNeeds needs() {
    return needs;
  }

  void count(String kind) {
    report.count(kind);
  }

  String nextBridgeName() {
    return Names.siteBridge(bridges.size());
  }

  void add(Bridge bridge) {
    bridges.add(bridge);
  }
}
