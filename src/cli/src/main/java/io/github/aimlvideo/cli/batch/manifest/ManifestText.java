package io.github.aimlvideo.cli.batch.manifest;

import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.batch.manifest.Manifest.InvalidManifestException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;

/** The text of a manifest in UTF-8, or in UTF-16 with a byte order mark. */
final class ManifestText {
  private static final String ZIP = "504b0304";
  private static final String OLE = "d0cf11e0";
  private static final String UTF_8_MARK = "efbbbf";
  private static final String BIG_ENDIAN_MARK = "feff";
  private static final String LITTLE_ENDIAN_MARK = "fffe";

  private ManifestText() {}

  /**
   * Reads a manifest, without its byte order mark.
   *
   * @throws InvalidManifestException if it cannot be read or is not a text
   */
  static String read(Path file) {
    try {
      return decode(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new InvalidManifestException("no such file");
    } catch (CharacterCodingException e) {
      throw new InvalidManifestException("not UTF-8; save it in that encoding");
    } catch (IOException e) {
      throw new InvalidManifestException("cannot be read: " + ErrorMessage.reason(e));
    }
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    String head = HexFormat.of().formatHex(bytes, 0, Math.min(4, bytes.length));
    if (head.equals(ZIP) || head.equals(OLE)) {
      throw new InvalidManifestException("a workbook; save its sheet as CSV in UTF-8");
    }
    String text;
    if (head.startsWith(UTF_8_MARK)) text = decode(bytes, 3, StandardCharsets.UTF_8);
    else if (head.startsWith(BIG_ENDIAN_MARK)) text = decode(bytes, 2, StandardCharsets.UTF_16BE);
    else if (head.startsWith(LITTLE_ENDIAN_MARK))
      text = decode(bytes, 2, StandardCharsets.UTF_16LE);
    else text = decode(bytes, 0, StandardCharsets.UTF_8);
    if (text.indexOf('\0') >= 0) {
      throw new InvalidManifestException("not a text in UTF-8; save it in that encoding");
    }
    return text;
  }

  /** Unlike the constructor of a string, refuses what is not in the encoding. */
  private static String decode(byte[] bytes, int from, Charset charset)
      throws CharacterCodingException {
    ByteBuffer text = ByteBuffer.wrap(bytes, from, bytes.length - from);
    return charset.newDecoder().decode(text).toString();
  }
}
