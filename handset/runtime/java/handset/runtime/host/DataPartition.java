package handset.runtime.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The device's partition of data, which has a size: what does not fit is refused with ENOSPC, and what fits in part is written
 * in part, as the kernel does it.
 *
 * <p>Whoever writes to a file, be it a stream, a channel, SharedPreferences or SQLite, calls one of three C functions. They are
 * watched from the moment that the device says that space is short, and cost nothing before. Space is counted in whole blocks
 * of the files' lengths, so that a file with a hole takes what it pretends to hold.
 */
public final class DataPartition {
  private static final Watched WRITE =
      new Watched("write", "write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final Watched WRITE_AT =
      new Watched("pwrite64", "writeAt", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));
  private static final Watched WRITE_PIECES =
      new Watched("writev", "writePieces", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final Watched DESCRIBE =
      new Watched("__xpg_strerror_r", "describe", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final ThreadLocal<MemorySegment> STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CALL_STATE));
  private static final int NO_SPACE = 28;
  /** What Android's own file streams say; the Java runtime says the part in brackets. */
  private static final byte[] NO_SPACE_TEXT =
      "write failed: ENOSPC (No space left on device)\0".getBytes(StandardCharsets.US_ASCII);

  private static final long BLOCK = 4096;
  private static final int APPENDING = 02000;
  private static final Set<String> WATCHED = new HashSet<>();
  private static final AtomicLong SURELY_FREE = new AtomicLong();
  private static volatile List<Path> folders = List.of();
  private static volatile long size;

  private DataPartition() {}

  /** A C function, and the method of this class that is called in its place. */
  private record Watched(String function, String method, FunctionDescriptor type) {
    MethodHandle original(Linker.Option... options) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().findOrThrow(function), type, options);
    }
  }

  /** The C functions themselves, found when they are first needed. */
  private static final class Host {
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MethodHandle WRITE = DataPartition.WRITE.original(ERRNO);
    private static final MethodHandle WRITE_AT = DataPartition.WRITE_AT.original(ERRNO);
    private static final MethodHandle WRITE_PIECES = DataPartition.WRITE_PIECES.original(ERRNO);
    private static final MethodHandle DESCRIBE = DataPartition.DESCRIBE.original();
    private static final MethodHandle ERROR_NUMBER =
        NativeLibrary.ofC("__errno_location", FunctionDescriptor.of(ADDRESS));
  }

  /**
   * Takes heed of a partition of {@code bytes} that is made of all files in {@code parts}; and, called again, of what others
   * have written there.
   */
  public static synchronized void watch(List<Path> parts, long bytes) throws IOException {
    List<Path> real = new ArrayList<>();
    for (Path part : parts) {
      real.add(part.toRealPath()); // the kernel tells paths without links
    }
    folders = List.copyOf(real);
    size = bytes;
    SURELY_FREE.set(0);
    watch("java", WRITE, DESCRIBE);
    watch("nio", WRITE, WRITE_AT, WRITE_PIECES);
    watch("android_runtime", WRITE, WRITE_AT);
  }

  private static void watch(String library, Watched... functions) {
    String file = System.mapLibraryName(library);
    if (WATCHED.add(file)) {
      NativeLibrary loaded = NativeLibrary.loaded(file);
      for (Watched watched : functions) {
        loaded.redirect(watched.function(), MethodHandles.lookup(), watched.method(), watched.type());
      }
    }
  }

  private static long write(int descriptor, MemorySegment bytes, long count) {
    try {
      long room = room(descriptor, -1, count);
      if (room == 0 && count > 0) {
        return fail(NO_SPACE);
      }
      MemorySegment state = STATE.get();
      return checked((long) Host.WRITE.invokeExact(state, descriptor, bytes, room), state);
    } catch (Throwable e) {
      return give(e);
    }
  }

  private static long writeAt(int descriptor, MemorySegment bytes, long count, long offset) {
    try {
      long room = room(descriptor, offset, count);
      if (room == 0 && count > 0) {
        return fail(NO_SPACE);
      }
      MemorySegment state = STATE.get();
      return checked((long) Host.WRITE_AT.invokeExact(state, descriptor, bytes, room, offset), state);
    } catch (Throwable e) {
      return give(e);
    }
  }

  /** Several pieces at once: they fit all or are refused. */
  private static long writePieces(int descriptor, MemorySegment pieces, int number) {
    try {
      MemorySegment table = pieces.reinterpret(16L * number);
      long count = 0;
      for (int i = 0; i < number; i++) {
        count += table.get(JAVA_LONG, 16L * i + 8);
      }
      if (room(descriptor, -1, count) < count) {
        return fail(NO_SPACE);
      }
      MemorySegment state = STATE.get();
      return checked((long) Host.WRITE_PIECES.invokeExact(state, descriptor, pieces, number), state);
    } catch (Throwable e) {
      return give(e);
    }
  }

  private static int describe(int error, MemorySegment text, long length) {
    try {
      if (error != NO_SPACE || length < NO_SPACE_TEXT.length) {
        return (int) Host.DESCRIBE.invokeExact(error, text, length);
      }
      MemorySegment.copy(NO_SPACE_TEXT, 0, text.reinterpret(length), JAVA_BYTE, 0, NO_SPACE_TEXT.length);
      return 0;
    } catch (Throwable e) {
      return (int) give(e);
    }
  }

  /** How many of the bytes may be written, at an offset or, if that is negative, where the descriptor stands. */
  private static long room(int descriptor, long offset, long count) throws IOException {
    if (SURELY_FREE.addAndGet(-count) >= 0) {
      return count;
    }
    Path file = Files.readSymbolicLink(Path.of("/proc/self/fd", String.valueOf(descriptor)));
    if (folders.stream().noneMatch(file::startsWith)) {
      return count;
    }
    long length = Files.exists(file) ? Files.size(file) : 0;
    long start = offset >= 0 ? offset : position(descriptor, length);
    long free = Math.max(0, size - used());
    long room = Math.clamp(blocks(length) + free - start, 0, count);
    SURELY_FREE.set(free - Math.max(0, blocks(start + room) - blocks(length)));
    return room;
  }

  private static long position(int descriptor, long length) throws IOException {
    long position = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo", String.valueOf(descriptor)))) {
      String value = line.substring(line.indexOf(':') + 1).trim();
      if (line.startsWith("pos:")) {
        position = Long.parseLong(value);
      } else if (line.startsWith("flags:") && (Long.parseLong(value, 8) & APPENDING) != 0) {
        return length;
      }
    }
    return position;
  }

  private static long blocks(long length) {
    return (length + BLOCK - 1) / BLOCK * BLOCK;
  }

  private static long used() {
    long[] used = {0};
    SimpleFileVisitor<Path> count =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
            used[0] += BLOCK;
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
            used[0] += facts.isRegularFile() ? blocks(facts.size()) : 0;
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException error) {
            return FileVisitResult.CONTINUE; // it was removed meanwhile
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException error) {
            return FileVisitResult.CONTINUE;
          }
        };
    try {
      for (Path folder : folders) {
        Files.walkFileTree(folder, count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return used[0];
  }

  /** What the kernel has answered; on the way back through Java its error number may get lost. */
  private static long checked(long result, MemorySegment state) throws Throwable {
    return result < 0 ? fail(state.get(JAVA_INT, 0)) : result;
  }

  private static long fail(int error) throws Throwable {
    ((MemorySegment) Host.ERROR_NUMBER.invokeExact()).reinterpret(JAVA_INT.byteSize()).set(JAVA_INT, 0, error);
    return -1;
  }

  /** An exception can't go through native code. */
  private static long give(Throwable error) {
    error.printStackTrace();
    Runtime.getRuntime().halt(1);
    return -1;
  }
}
