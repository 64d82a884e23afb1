package handset.tools;

import com.googlecode.d2j.dex.Dex2jar;
import com.googlecode.d2j.reader.MultiDexFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code DexTranslator APK JAR}: translates the Dalvik classes of an APK to Java class files. */
public final class DexTranslator {
  private DexTranslator() {}

  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[1]);
    Files.deleteIfExists(jar);
    Dex2jar.from(MultiDexFileReader.open(Files.readAllBytes(Path.of(args[0]))))
        .topoLogicalSort()
        .skipDebug(false)
        .noCode(false)
        .to(jar);
  }
}
