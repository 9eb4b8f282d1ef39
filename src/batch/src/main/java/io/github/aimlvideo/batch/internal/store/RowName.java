package io.github.aimlvideo.batch.internal.store;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The name of a row, which is that of its file too. */
public final class RowName {
  /** Not a path, an option or a hidden file; valid on every file system. */
  private static final Pattern VALID = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]{0,99}");

  /** Reserved on Windows. */
  private static final Pattern RESERVED =
      Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

  /** A file system allows 255 bytes, with the extension. */
  private static final int MAX_BYTES = 240;

  private RowName() {}

  static boolean isValid(String name) {
    return VALID.matcher(name).matches()
        && !RESERVED.matcher(name).matches()
        && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
  }
}
