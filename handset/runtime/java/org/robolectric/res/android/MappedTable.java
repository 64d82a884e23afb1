package org.robolectric.res.android;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A resource table that stays in its file: mapped, so that all processes share one copy of it instead of reading their own.
 *
 * <p>Lives in this package because Robolectric's assets don't tell others where in the file they are.
 */
public final class MappedTable {
  private static final int HEADER_LENGTH = 12;
  private static final int HEADER = 0x000c0002;

  private MappedTable() {}

  /** Stands in for {@code ByteBuffer.wrap(asset.getBuffer(…))}; tables that are deflated are read as ever. */
  public static ByteBuffer of(Asset asset, boolean wordAligned) {
    if (asset instanceof Asset._FileAsset file && file.mMap != null) {
      try (FileChannel channel = FileChannel.open(Path.of(file.mMap.getFileName()), StandardOpenOption.READ)) {
        long length = file.mMap.getDataLength();
        ByteBuffer table = channel.map(FileChannel.MapMode.READ_ONLY, file.mMap.getDataOffset(), length);
        if (isTable(table.order(ByteOrder.LITTLE_ENDIAN), length)) {
          return table;
        }
      } catch (IOException e) {
        // Read it in the ordinary way, which says what is wrong with the file.
      }
    }
    return ByteBuffer.wrap(asset.getBuffer(wordAligned));
  }

  /** Stands in for {@code table.array()} where {@code length} bytes from {@code offset} on are wanted. */
  public static byte[] bytes(ByteBuffer table, int offset, int length) {
    byte[] bytes = new byte[length];
    table.get(offset, bytes);
    return bytes;
  }

  private static boolean isTable(ByteBuffer table, long length) {
    return length >= HEADER_LENGTH && table.getInt(0) == HEADER && table.getInt(4) == length;
  }
}
