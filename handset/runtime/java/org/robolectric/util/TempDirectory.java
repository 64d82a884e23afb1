package org.robolectric.util;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stands in for Robolectric's class of the same name, which deletes an app's data when the process ends.
 *
 * <p>The app's data lives in the folder {@code handset.data}, which outlives the process. Everything else (native library,
 * fonts, ICU) goes under {@code handset.cache}, one folder per running process: Robolectric rewrites the native library at
 * each start, and rewriting one that another process has mapped kills that process. A baked process finds these files
 * unpacked in {@code handset.native}.
 */
public class TempDirectory {
  /** The name that marks the state of the app under test. */
  public static final String APP = "app";

  private static final String NATIVE_RUNTIME = "nativeruntime";
  private final Path base;
  private final boolean app;

  public TempDirectory() {
    this("unnamed");
  }

  public TempDirectory(String name) {
    app = name.startsWith(APP);
    String unpacked = System.getProperty("handset.native");
    boolean isUnpacked = name.equals(NATIVE_RUNTIME) && unpacked != null;
    base = isUnpacked ? Path.of(unpacked) : make(Path.of(System.getProperty("handset.cache"), name));
  }

  public Path getBasePath() {
    return base;
  }

  public Path createFile(String name, String contents) {
    try {
      return Files.writeString(base.resolve(name), contents);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path create(String name) {
    return createIfNotExists(name);
  }

  public Path createIfNotExists(String name) {
    if (app && name.endsWith("-dataDir")) {
      return make(Path.of(System.getProperty("handset.data")));
    }
    return make(base.resolve(name));
  }

  public void destroy() {}

  static void clearAllDirectories() {}

  private static Path make(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
