package io.github.aimlvideo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image for a request: a URL, a file or bytes.
 *
 * <p>A file or bytes are sent as a data URI ({@code data:image/png;base64,...}) that is encoded
 * while the request is written, so an image of any size takes a few kilobytes of memory. The type
 * is detected by content: PNG, JPEG, WebP, GIF or BMP; Kling accepts PNG and JPEG. Immutable and
 * safe for use by several threads, as long as the file or the array does not change until the
 * request is sent.
 */
public final class Image {
  private static final Pattern URL = Pattern.compile("(?i)https?://[^/?#\\s]\\S*|data:image/\\S+");

  private static final Pattern BASE64_URI = Pattern.compile("(?i)data:image/[^,]*;base64,");

  /** The number of bytes to encode at a time: a multiple of three, so chunks need no padding. */
  private static final int CHUNK = 3 * 8192;

  private static final byte[] NO_BYTES = {};

  /** Sent before the content: a whole URL, the beginning of a data URI, or nothing. */
  private final String text;

  private final @Nullable Content content;

  private Image(String text, @Nullable Content content) {
    this.text = text;
    this.content = content;
  }

  /**
   * An image that the server fetches.
   *
   * @param url an {@code http} or {@code https} URL, or a data URI of an image
   * @throws IllegalArgumentException if it is neither
   */
  public static Image url(String url) {
    Objects.requireNonNull(url, "url");
    if (!isUrl(url)) throw new IllegalArgumentException("not an http(s) URL: " + shorten(url));
    return new Image(url, null);
  }

  /** Whether {@link #url(String)} accepts this text. */
  public static boolean isUrl(String text) {
    return URL.matcher(text).matches();
  }

  /**
   * An image in a file, which is read while the request is sent.
   *
   * @throws IllegalArgumentException if the file cannot be read, or is not an image of a known type
   */
  public static Image file(Path file) {
    Objects.requireNonNull(file, "file");
    try (InputStream in = Files.newInputStream(file)) {
      return encoded(new Content(typeOf(in.readNBytes(ImageType.HEAD), file), file, NO_BYTES));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("no such file: " + file, e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * An image in memory; the array is not copied.
   *
   * @throws IllegalArgumentException if it is not an image of a known type
   */
  public static Image bytes(byte[] bytes) {
    Objects.requireNonNull(bytes, "bytes");
    return encoded(new Content(typeOf(bytes, bytes.length + " bytes"), null, bytes));
  }

  private static Image encoded(Content content) {
    return new Image("data:" + content.type().mediaType() + ";base64,", content);
  }

  private static ImageType typeOf(byte[] head, Object name) {
    String message = "not an image (PNG, JPEG, WebP, GIF or BMP): " + name;
    return ImageType.of(head).orElseThrow(() -> new IllegalArgumentException(message));
  }

  /**
   * The same image, sent as bare Base64 without {@code data:...;base64,}; no change for a URL.
   *
   * <p>The vendor's page asks for a "Base64-encoded local image" without naming the form; the data
   * URI is known to work.
   */
  public Image bareBase64() {
    return content == null ? this : new Image("", content);
  }

  /** The media type by content, such as {@code image/png}; empty where {@link #type} is. */
  public Optional<String> mediaType() {
    return type().map(ImageType::mediaType);
  }

  /** The type by content; empty for an http(s) URL, which is not fetched. */
  public Optional<ImageType> type() {
    if (content != null) return Optional.of(content.type());
    try (InputStream in = open()) {
      return ImageType.of(in.readNBytes(ImageType.HEAD));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Width and height of a PNG or a JPEG as stored, whatever the orientation in its EXIF data. Each
   * call reads a few bytes of the file and decodes no pixels.
   *
   * @return empty for an http(s) URL, another type, or if it cannot be read
   */
  public Optional<ImageSize> size() {
    Optional<ImageType> type = type();
    if (type.isEmpty()) return Optional.empty();
    try (InputStream in = open()) {
      return ImageSize.of(type.get(), in);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The content; empty for an http(s) URL. */
  private InputStream open() throws IOException {
    if (content != null) return content.open();
    Matcher uri = BASE64_URI.matcher(text);
    if (!uri.lookingAt()) return InputStream.nullInputStream();
    byte[] base64 = text.substring(uri.end()).getBytes(StandardCharsets.ISO_8859_1);
    return Base64.getDecoder().wrap(new ByteArrayInputStream(base64));
  }

  /** The URL or data URI that was passed to {@link #url}; empty for a file or bytes. */
  public Optional<String> url() {
    return content == null ? Optional.of(text) : Optional.empty();
  }

  /** The number of bytes of a file or of bytes in memory; 0 for a URL, or if it cannot be read. */
  public long byteCount() {
    try {
      return content == null ? 0 : content.size();
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * The number of characters that {@link #encodeTo} writes.
   *
   * @throws IOException if the file cannot be read
   */
  public long encodedLength() throws IOException {
    return text.length() + (content == null ? 0 : (content.size() + 2) / 3 * 4);
  }

  /**
   * Writes the image as it is sent: a URL, a data URI or bare Base64, in ASCII. Takes a few
   * kilobytes of memory, whatever its size.
   *
   * @throws IOException if the file cannot be read
   */
  public void encodeTo(OutputStream out) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    if (content == null) return;
    Base64.Encoder encoder = Base64.getEncoder();
    try (InputStream in = content.open()) {
      byte[] chunk;
      do {
        chunk = in.readNBytes(CHUNK);
        out.write(encoder.encode(chunk));
      } while (chunk.length == CHUNK);
    }
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Image other
        && text.equals(other.text)
        && Objects.equals(content, other.content);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, content);
  }

  /** Type and origin, never the content. */
  @Override
  public String toString() {
    return content == null ? shorten(text) : content.toString();
  }

  /** For messages, without the content of a data URI. */
  static String shorten(String text) {
    boolean image = text.regionMatches(true, 0, "data:", 0, 5);
    if (!image && text.length() <= 100) return text;
    String begin = text.substring(0, image ? text.indexOf(',') + 1 : 60);
    return begin + "... (" + text.length() + " characters)";
  }

  /** An image in a file, or else in memory. */
  private record Content(ImageType type, @Nullable Path file, byte[] bytes) {
    long size() throws IOException {
      return file == null ? bytes.length : Files.size(file);
    }

    InputStream open() throws IOException {
      return file == null ? new ByteArrayInputStream(bytes) : Files.newInputStream(file);
    }

    @Override
    public String toString() {
      String name = file == null ? "" : file + " ";
      try {
        return name + "(" + type.mediaType() + ", " + size() + " bytes)";
      } catch (IOException e) {
        return name + "(" + type.mediaType() + ", cannot be read)";
      }
    }
  }
}
