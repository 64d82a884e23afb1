package handset.runtime.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A native library that this process has loaded, whose calls of other libraries' functions can be led to Java.
 *
 * <p>The Java runtime and Android's native code ask the kernel for the time and for space on the disk in many places. They
 * all do it through a few C functions, and a library holds the addresses of those in tables that the dynamic linker has
 * filled. Overwriting an address there changes every caller at once, and costs nothing in a process where nobody does it.
 * Names, offsets and sizes are those of ELF for 64-bit, little-endian machines.
 */
final class NativeLibrary {
  private static final int LOAD = 1;
  private static final int DYNAMIC = 2;
  private static final long PLT_RELOCATIONS_SIZE = 2;
  private static final long STRINGS = 5;
  private static final long SYMBOLS = 6;
  private static final long RELOCATIONS = 7;
  private static final long RELOCATIONS_SIZE = 8;
  private static final long PLT_RELOCATIONS = 23;
  private static final int SYMBOL_SIZE = 24;
  private static final int RELOCATION_SIZE = 24;
  private static final long PAGE = 4096;
  private static final int READ_AND_WRITE = 3;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle PROTECT =
      ofC("mprotect", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

  private final String name;
  private final long base;
  private final ByteBuffer file;
  private final Map<Long, Long> dynamic = new HashMap<>();

  private NativeLibrary(Path path, long base) throws IOException {
    this.name = path.getFileName().toString();
    this.base = base;
    try (FileChannel channel = FileChannel.open(path)) {
      file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN);
    }
    int table = segment(DYNAMIC, -1);
    for (int entry = (int) file.getLong(table + 8); file.getLong(entry) != 0; entry += 16) {
      dynamic.put(file.getLong(entry), file.getLong(entry + 8));
    }
  }

  /** The loaded library with this file name. */
  static NativeLibrary loaded(String fileName) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
        if (line.endsWith("/" + fileName)) { // the first of its mappings holds its head
          long start = Long.parseUnsignedLong(line.substring(0, line.indexOf('-')), 16);
          return new NativeLibrary(Path.of(line.substring(line.indexOf('/'))), start);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("this process has not loaded " + fileName);
  }

  /** A function of the C library. */
  static MethodHandle ofC(String function, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(function), type);
  }

  /** Leads all calls of a C function to a static method, which must not throw anything. */
  void redirect(String function, MethodHandles.Lookup owner, String method, FunctionDescriptor type) {
    try {
      MethodHandle target = owner.findStatic(owner.lookupClass(), method, type.toMethodType());
      redirect(function, LINKER.upcallStub(target, type, Arena.global()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void redirect(String function, MemorySegment target) {
    int found =
        redirect(function, target, RELOCATIONS, RELOCATIONS_SIZE)
            + redirect(function, target, PLT_RELOCATIONS, PLT_RELOCATIONS_SIZE);
    if (found == 0) {
      throw new IllegalStateException(name + " does not call " + function);
    }
  }

  private int redirect(String function, MemorySegment target, long table, long size) {
    if (!dynamic.containsKey(table)) {
      return 0;
    }
    int found = 0;
    int start = offset(dynamic.get(table));
    for (int entry = start; entry < start + dynamic.get(size); entry += RELOCATION_SIZE) {
      int symbol = (int) (file.getLong(entry + 8) >>> 32);
      if (symbol != 0 && isNamed(symbol, function)) {
        overwrite(base + file.getLong(entry), target);
        found++;
      }
    }
    return found;
  }

  private boolean isNamed(int symbol, String function) {
    int entry = offset(dynamic.get(SYMBOLS)) + symbol * SYMBOL_SIZE;
    int text = offset(dynamic.get(STRINGS)) + file.getInt(entry);
    for (int i = 0; i < function.length(); i++) {
      if (file.get(text + i) != function.charAt(i)) {
        return false;
      }
    }
    return file.get(text + function.length()) == 0;
  }

  /** The page stays writable: that costs nothing but protection against bugs. */
  private static void overwrite(long address, MemorySegment target) {
    long page = address & -PAGE;
    try {
      int failure = (int) PROTECT.invokeExact(MemorySegment.ofAddress(page), PAGE, READ_AND_WRITE);
      if (failure != 0) {
        throw new IllegalStateException("the kernel does not let this process write to its own tables of calls");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    MemorySegment.ofAddress(address).reinterpret(ADDRESS.byteSize()).set(ADDRESS, 0, target);
  }

  /** Where an address of the loaded library lies in its file. */
  private int offset(long address) {
    int segment = segment(LOAD, address);
    return (int) (address - file.getLong(segment + 16) + file.getLong(segment + 8));
  }

  /** The head of a segment of this kind; of the one that holds {@code address}, unless that is negative. */
  private int segment(int kind, long address) {
    int size = file.getShort(54);
    int head = (int) file.getLong(32);
    for (int left = file.getShort(56); left > 0; left--, head += size) {
      long start = file.getLong(head + 16);
      boolean holds = address < 0 || (address >= start && address < start + file.getLong(head + 32));
      if (file.getInt(head) == kind && holds) {
        return head;
      }
    }
    throw new IllegalStateException(name + " is not a library that this machine could have loaded");
  }
}
