package handset.tools;

import com.googlecode.d2j.dex.Dex2jar;
import com.googlecode.d2j.reader.MultiDexFileReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;

/**
 * {@code DexTranslator APK JAR FRAMEWORK_JAR}: translates the Dalvik classes of an APK to Java class files with stack maps.
 *
 * <p>The framework's jar must be on the class path too. Two more entries of the jar tell what a process that runs the app
 * has to know: {@code META-INF/handset/unverified}, classes that the Java runtime's verifier refuses, and
 * {@code META-INF/handset/instrumented}, classes for which it matters that Robolectric instruments them as if they were the
 * framework's; one a line, a tab before the reason.
 */
public final class DexTranslator {
  private static final String FACTS = "META-INF/handset/";

  private DexTranslator() {}

  public static void main(String[] args) throws IOException {
    Path apk = Path.of(args[0]);
    Path jar = Path.of(args[1]);
    Path bare = jar.resolveSibling("bare.jar");
    Dex2jar.from(MultiDexFileReader.open(Files.readAllBytes(apk)))
        .topoLogicalSort()
        .skipDebug(false)
        .noCode(false)
        .to(bare);
    Map<String, byte[]> entries = read(bare);
    Map<String, ClassReader> classes = classes(entries);
    try (Hierarchy hierarchy = new Hierarchy(Path.of(args[2]), classes.values())) {
      Map<String, byte[]> framed = new TreeMap<>();
      classes.entrySet().parallelStream()
          .map(entry -> Map.entry(entry.getKey(), Frames.write(entry.getValue(), hierarchy)))
          .forEach(
              entry -> {
                synchronized (framed) {
                  framed.put(entry.getKey(), entry.getValue());
                }
              });
      List<String> unverified = new Verification(framed, hierarchy).refused();
      framed.forEach((name, content) -> entries.put(name + ".class", content));
      entries.put(FACTS + "unverified", lines(unverified));
      entries.put(FACTS + "instrumented", lines(instrumented(classes.keySet(), framed, hierarchy)));
    }
    write(jar, entries);
    Files.delete(bare);
  }

  private static List<String> instrumented(Set<String> names, Map<String, byte[]> framed, Hierarchy hierarchy) {
    Instrumentation instrumentation = new Instrumentation();
    return names.stream()
        .filter(name -> !hierarchy.definesInFramework(name) && instrumentation.matters(framed.get(name)))
        .toList();
  }

  private static Map<String, byte[]> read(Path jar) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.isDirectory()) {
          try (InputStream in = zip.getInputStream(entry)) {
            entries.put(entry.getName(), in.readAllBytes());
          }
        }
      }
    }
    return entries;
  }

  private static Map<String, ClassReader> classes(Map<String, byte[]> entries) {
    Map<String, ClassReader> classes = new TreeMap<>();
    entries.forEach(
        (name, content) -> {
          if (name.endsWith(".class")) {
            ClassReader reader = new ClassReader(content);
            classes.put(reader.getClassName(), reader);
          }
        });
    return classes;
  }

  private static byte[] lines(List<String> lines) {
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static void write(Path jar, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)))) {
      out.setLevel(1);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
  }
}
