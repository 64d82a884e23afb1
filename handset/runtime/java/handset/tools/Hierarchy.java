package handset.tools;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** Who extends whom among the classes of an app, the framework and the Java runtime; no class is loaded for it. */
final class Hierarchy implements AutoCloseable {
  private static final String OBJECT = "java/lang/Object";
  private static final Type UNKNOWN = new Type(OBJECT, false);

  private record Type(String parent, boolean isInterface) {}

  private final Map<String, Type> types = new ConcurrentHashMap<>();
  private final ZipFile framework;

  Hierarchy(Path framework, Iterable<ClassReader> app) throws IOException {
    this.framework = new ZipFile(framework.toFile());
    for (ClassReader type : app) {
      if (!definesInFramework(type.getClassName())) {
        types.put(type.getClassName(), typeOf(type));
      }
    }
  }

  /** Whether the framework has a class of this name, which then hides the app's. */
  boolean definesInFramework(String name) {
    return framework.getEntry(name + ".class") != null;
  }

  /** As the verifier wants it: interfaces count as {@code java.lang.Object}, and so do classes that nobody has. */
  String commonSuperclass(String one, String other) {
    if (of(one).isInterface() || of(other).isInterface()) {
      return OBJECT;
    }
    Set<String> ancestors = new HashSet<>();
    for (String name = one; name != null; name = of(name).parent()) {
      ancestors.add(name);
    }
    String name = other;
    while (!ancestors.contains(name)) {
      name = of(name).parent();
    }
    return name;
  }

  @Override
  public void close() throws IOException {
    framework.close();
  }

  private Type of(String name) {
    return types.computeIfAbsent(name, this::read);
  }

  private Type read(String name) {
    ZipEntry entry = framework.getEntry(name + ".class");
    try (InputStream in =
        entry != null ? framework.getInputStream(entry) : ClassLoader.getSystemResourceAsStream(name + ".class")) {
      return in == null ? UNKNOWN : typeOf(new ClassReader(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Type typeOf(ClassReader type) {
    return new Type(type.getSuperName(), (type.getAccess() & Opcodes.ACC_INTERFACE) != 0);
  }
}
