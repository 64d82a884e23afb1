package handset.runtime.host;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a baked process does in place of unpacking the native runtime: the folder {@code handset.native} holds its files,
 * read-only and shared by all processes.
 */
public final class NativeFiles {
  private NativeFiles() {}

  public static void maybeCopyIcuData() {
    System.setProperty("icu.data.path", file(System.getProperty("handset.native.icu")).toString());
    System.setProperty("icu.locale.default", Locale.getDefault().toLanguageTag());
  }

  public static void maybeCopyFonts() {
    System.setProperty("robolectric.nativeruntime.fontdir", file("fonts") + File.separator);
  }

  /** The library finds the hyphenation patterns beside the fonts. */
  public static void maybeCopyHyphenData() {}

  public static void loadLibrary() {
    System.load(file(System.mapLibraryName("android_runtime")).toString());
  }

  private static Path file(String name) {
    return Path.of(System.getProperty("handset.native"), name);
  }
}
