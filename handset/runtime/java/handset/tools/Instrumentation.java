package handset.tools;

import handset.runtime.host.Framework;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.robolectric.internal.ShadowProvider;
import org.robolectric.internal.bytecode.ClassDetails;
import org.robolectric.internal.bytecode.InstrumentationConfiguration;
import org.robolectric.internal.bytecode.MethodRef;

/**
 * Tells for which classes of an app it makes a difference that Robolectric, when it is not baked, instruments them.
 *
 * <p>It instruments what lies in the framework's packages, such as the support library. There is a difference for native
 * methods, for calls of the JDK's that it intercepts, and where it has a shadow.
 */
final class Instrumentation {
  private final InstrumentationConfiguration configuration = Framework.configuration();
  private final Set<MethodRef> intercepted = configuration.methodsToIntercept();
  private final Set<String> shadowed = new HashSet<>();

  Instrumentation() {
    for (ShadowProvider provider : ServiceLoader.load(ShadowProvider.class)) {
      for (Map.Entry<String, String> shadow : provider.getShadows()) {
        shadowed.add(shadow.getKey());
      }
    }
  }

  boolean matters(byte[] classFile) {
    ClassDetails details = new ClassDetails(classFile);
    if (!configuration.shouldInstrument(details)) {
      return false;
    }
    Differences differences = new Differences();
    new ClassReader(classFile).accept(differences, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return differences.found || shadowed.contains(details.getName());
  }

  private final class Differences extends ClassVisitor {
    private boolean found;

    Differences() {
      super(Opcodes.ASM9);
    }

    @Override
    public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] thrown) {
      found |= Modifier.isNative(access);
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
          String ownerName = owner.replace('/', '.');
          found |= intercepted.contains(new MethodRef(ownerName, name));
          found |= intercepted.contains(new MethodRef(ownerName, "*"));
        }
      };
    }
  }
}
