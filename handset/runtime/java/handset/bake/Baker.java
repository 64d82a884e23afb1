package handset.bake;

import handset.runtime.host.Modes;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.robolectric.internal.bytecode.ShadowDecisions;

/**
 * {@code Baker OUT_JAR FRAMEWORK_JAR SHADOWS_JAR}: links the instrumented framework with its shadows ahead of time.
 *
 * <p>Both jars and what they need must be on the class path too: classes are loaded, but never initialised. Prints the
 * sites by kind and the classes that stay as they were.
 */
public final class Baker {
  static final ClassLoader LOADER = Baker.class.getClassLoader();
  /** By interface: what a baked process puts in the place of Robolectric's own. */
  private static final Map<String, String> SERVICES =
      Map.of(
          "org.robolectric.internal.AndroidSandbox$SdkSandboxClassLoader", "handset.runtime.host.BakedClassLoader",
          "java.security.Provider", "handset.runtime.host.AndroidTls\nhandset.runtime.host.LazyBouncyCastle");

  private static final int CHUNK = 2000;
  /** So many entries are worth a word on the progress. */
  private static final int REPORTED = 5 * CHUNK;

  private static final List<String> LEFT_OUT =
      List.of("META-INF/MANIFEST", "META-INF/maven/", "res/", "assets/", "native/", "icu/", "hyphen-data/");
  private final BakeReport report = new BakeReport();
  private final ShadowNeeds needs = new ShadowNeeds();
  private final Set<String> packages = new TreeSet<>();
  private final Set<Class<?>> reflectors = new ConcurrentSkipListSet<>(Comparator.comparing(Class::getName));
  private final Set<String> classes = ConcurrentHashMap.newKeySet();
  private final ShadowDecisions decisions;

  private Baker(ShadowDecisions decisions) {
    this.decisions = decisions;
  }

  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    Baker baker = new Baker(new ShadowDecisions(Integer.getInteger("handset.api", 35), Modes.all()));
    baker.bake(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
    baker.report.print(System.out);
  }

  private record Entry(String name, byte[] content) {}

  private void bake(Path target, Path framework, Path shadows) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(target), 1 << 20))) {
      out.setLevel(1);
      bakeJar(framework, out, this::frameworkEntry);
      // What the shadows' classes must offer is known now.
      bakeJar(shadows, out, this::shadowEntry);
      writeReflectors(out);
      writeOldClasses(out, Set.of(framework, shadows));
      for (String name : Patches.ELSEWHERE) {
        try (InputStream in = LOADER.getResourceAsStream(name + ".class")) {
          write(out, new Entry(name + ".class", Patches.apply(in.readAllBytes())));
        }
      }
      writeText(out, "handset/framework-packages", String.join("\n", packages));
      for (Map.Entry<String, String> service : SERVICES.entrySet()) {
        writeText(out, "META-INF/services/" + service.getKey(), service.getValue() + "\n");
      }
    }
  }

  private void writeReflectors(ZipOutputStream out) throws IOException {
    ReflectorClasses classes = new ReflectorClasses();
    for (Class<?> reflector : reflectors) {
      String name = Names.reflectorClass(reflector).replace('.', '/') + ".class";
      try {
        write(out, new Entry(name, classes.generate(reflector)));
        report.count("class: reflector");
      } catch (InvocationTargetException e) {
        report.count("class: reflector of something that this Android lacks, left out");
      }
    }
  }

  /** Libraries in an old format, in a newer one: the bake comes before them on the class path. */
  private void writeOldClasses(ZipOutputStream out, Set<Path> baked) throws IOException {
    for (String name : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(name);
      if (!baked.contains(jar)) {
        bakeJar(jar, out, this::oldEntry);
      }
    }
  }

  private Entry oldEntry(Entry entry) {
    boolean isHidden = !classes.add(entry.name()); // by a jar before this one
    if (isHidden || !entry.name().endsWith(".class") || entry.name().endsWith("module-info.class")) {
      return null;
    }
    byte[] modern = OldClasses.modernise(entry.content());
    if (modern == entry.content()) {
      return null;
    }
    report.count("class: of a library in an old format");
    return new Entry(entry.name(), modern);
  }

  private interface Step {
    /** The baked entry, or null to leave it out. */
    Entry apply(Entry entry);
  }

  private void bakeJar(Path jar, ZipOutputStream out, Step step) throws IOException {
    try (ZipFile source = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> entries = new ArrayList<>(Collections.list(source.entries()));
      entries.removeIf(entry -> entry.isDirectory() || isLeftOut(entry.getName()));
      for (int start = 0; start < entries.size(); start += CHUNK) {
        if (entries.size() > REPORTED && start % REPORTED == 0) {
          System.out.println("progress\t" + 100 * start / entries.size());
        }
        List<Entry> baked =
            entries.subList(start, Math.min(start + CHUNK, entries.size())).parallelStream()
                .map(entry -> step.apply(read(source, entry)))
                .toList();
        for (Entry entry : baked) {
          if (entry != null) {
            write(out, entry);
          }
        }
      }
    }
  }

  /** Resources and native files are kept elsewhere in the bake. */
  private static boolean isLeftOut(String name) {
    return LEFT_OUT.stream().anyMatch(name::startsWith) || name.endsWith(".uau") || name.equals("resources.arsc");
  }

  private Entry frameworkEntry(Entry entry) {
    if (!entry.name().endsWith(".class")) {
      return entry;
    }
    try {
      ClassReader source = new ClassReader(entry.content());
      Class<?> real = Class.forName(source.getClassName().replace('/', '.'), false, LOADER);
      if (real.getClassLoader() != LOADER) {
        report.count("class: the JDK's own, left out");
        return null;
      }
      synchronized (packages) {
        packages.add(real.getPackageName());
      }
      return new Entry(entry.name(), FrameworkClass.bake(source, real, decisions, needs, report));
    } catch (ClassNotFoundException e) {
      report.count("class: in a package of the JDK's, left out");
      return null;
    } catch (LinkageError | RuntimeException e) {
      report.failed(entry.name(), e);
      return entry;
    }
  }

  private Entry shadowEntry(Entry entry) {
    if (!entry.name().endsWith(".class")) {
      return entry;
    }
    try {
      Class<?> type = Class.forName(entry.name().replace(".class", "").replace('/', '.'), false, LOADER);
      if (ReflectorClasses.isReflector(type)) {
        reflectors.add(type);
      }
      byte[] patched = Patches.apply(entry.content());
      return new Entry(entry.name(), ShadowClass.bake(new ClassReader(patched), needs));
    } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
      report.failed(entry.name(), e);
      return entry;
    }
  }

  private static Entry read(ZipFile source, ZipEntry entry) {
    try (InputStream in = source.getInputStream(entry)) {
      return new Entry(entry.getName(), in.readAllBytes());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void writeText(ZipOutputStream out, String name, String text) throws IOException {
    write(out, new Entry(name, text.getBytes(StandardCharsets.UTF_8)));
  }

  private void write(ZipOutputStream out, Entry entry) throws IOException {
    classes.add(entry.name());
    ZipEntry header = new ZipEntry(entry.name());
    header.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
    out.putNextEntry(header);
    out.write(entry.content());
    out.closeEntry();
  }
}
