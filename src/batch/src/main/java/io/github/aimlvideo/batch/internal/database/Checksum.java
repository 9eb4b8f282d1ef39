package io.github.aimlvideo.batch.internal.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A checksum of the values of a record: one that was changed or damaged is refused. */
public final class Checksum {
  private Checksum() {}

  public static long of(List<? extends @Nullable Object> values) {
    CRC32C crc = new CRC32C();
    for (Object value : values) add(crc, value);
    return crc.getValue();
  }

  /** The length keeps two values from being taken for two others. */
  private static void add(CRC32C crc, @Nullable Object value) {
    byte[] bytes = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    crc.update(ByteBuffer.allocate(4).putInt(0, value == null ? -1 : bytes.length));
    crc.update(bytes);
  }
}
