package io.github.aimlvideo.cli.batch.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A line of the journal: a JSON object that begins with a checksum. The checksum covers the line
 * and the checksum of the line before, so a line that changed, moved or is missing is recognized.
 */
final class JournalLine {
  private static final int PREFIX_LENGTH = prefix(0).length;

  /** Of this line; the next one covers it. */
  final int checksum;

  /** With the line feed. */
  final byte[] bytes;

  private JournalLine(int before, byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(4).putInt(0, before));
    crc.update(body);
    checksum = (int) crc.getValue();
    bytes = Arrays.copyOf(prefix(checksum), PREFIX_LENGTH + body.length);
    System.arraycopy(body, 0, bytes, PREFIX_LENGTH, body.length);
  }

  private static byte[] prefix(int checksum) {
    String digits = HexFormat.of().toHexDigits(checksum);
    return ("{\"crc\":\"" + digits + "\",").getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The line of a JSON object.
   *
   * @param before checksum of the line before; 0 for the first line
   */
  static JournalLine of(int before, String json) {
    String body = json.substring(1) + "\n";
    return new JournalLine(before, body.getBytes(StandardCharsets.UTF_8));
  }

  /** The line that these bytes are; null if they are not as they were written. */
  static @Nullable JournalLine read(int before, byte[] bytes) {
    if (bytes.length < PREFIX_LENGTH) return null;
    JournalLine line =
        new JournalLine(before, Arrays.copyOfRange(bytes, PREFIX_LENGTH, bytes.length));
    return Arrays.equals(line.bytes, bytes) ? line : null;
  }

  /** The JSON object. */
  String json() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
