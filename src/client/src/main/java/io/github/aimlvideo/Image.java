package io.github.aimlvideo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * A picture for a request: a link, a file or bytes.
 *
 * <p>A file or bytes go out as a data URI ({@code data:image/png;base64,...}) that is encoded while
 * the request is written, so a picture of any size takes a few kilobytes of memory. Its type is
 * found by content: PNG, JPEG, WebP, GIF or BMP; the maker of the Kling models names PNG and JPEG
 * alone. Immutable and safe to share, as long as the file or the array stays as it is until the
 * request is sent.
 */
public final class Image {
  private static final Pattern URL = Pattern.compile("(?i)https?://[^/?#\\s]\\S*|data:image/\\S+");

  private static final Pattern BASE64_URI = Pattern.compile("(?i)data:image/[^,]*;base64,");

  /** Bytes encoded at a time: a multiple of three, so that the pieces join without padding. */
  private static final int CHUNK = 3 * 8192;

  /** What goes out: this text, and after it the content in Base64, if there is a content. */
  private final String text;

  private final @Nullable Content content;

  private Image(String text, @Nullable Content content) {
    this.text = text;
    this.content = content;
  }

  /**
   * A picture that the server fetches.
   *
   * @param url an {@code http} or {@code https} link, or a data URI of an image
   * @throws IllegalArgumentException if it is neither
   */
  public static Image url(String url) {
    Objects.requireNonNull(url, "url");
    if (!isUrl(url)) throw new IllegalArgumentException("not an http(s) link: " + shorten(url));
    return text(url);
  }

  /** Whether {@link #url} takes this text; another is the name of a file, or wrong. */
  public static boolean isUrl(String text) {
    return URL.matcher(text).matches();
  }

  /**
   * A picture in a file, read while the request is sent.
   *
   * @throws IllegalArgumentException if there is no such readable file, or no picture of a known
   *     type in it
   */
  public static Image file(Path file) {
    Objects.requireNonNull(file, "file");
    try (InputStream in = Files.newInputStream(file)) {
      return encoded(new FileContent(file, typeOf(in.readNBytes(ImageType.HEAD), file)));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("no such file: " + file, e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * A picture in memory; the array is not copied.
   *
   * @throws IllegalArgumentException if it is no picture of a known type
   */
  public static Image bytes(byte[] bytes) {
    Objects.requireNonNull(bytes, "bytes");
    return encoded(new BytesContent(bytes, typeOf(bytes, bytes.length + " bytes")));
  }

  /** A picture as some JSON has it; never refused. */
  static Image text(String text) {
    return new Image(Objects.requireNonNull(text), null);
  }

  private static Image encoded(Content content) {
    return new Image("data:" + content.type().mediaType() + ";base64,", content);
  }

  private static ImageType typeOf(byte[] head, Object name) {
    return ImageType.of(head)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "not a picture (PNG, JPEG, WebP, GIF or BMP): " + name));
  }

  /**
   * The same picture as bare Base64, without {@code data:...;base64,} before it; a link stays what
   * it is.
   *
   * <p>The vendor's page asks for a "Base64-encoded local image" and leaves the form open; the data
   * URI is known to work.
   */
  public Image bareBase64() {
    return content == null ? this : new Image("", content);
  }

  /** The media type by content, such as {@code image/png}; empty where {@link #type} is. */
  public Optional<String> mediaType() {
    return type().map(ImageType::mediaType);
  }

  /** The type by content; empty for an http(s) link, which is not looked at. */
  public Optional<ImageType> type() {
    if (content != null) return Optional.of(content.type());
    try (InputStream in = open()) {
      return ImageType.of(in.readNBytes(ImageType.HEAD));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Width and height of a PNG or a JPEG, as they are stored: an orientation in EXIF data does not
   * turn them. Reads some bytes of the head, at each call, and decodes nothing.
   *
   * @return empty for an http(s) link, another type and what cannot be read
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

  /** The picture as far as it is here: nothing of a link. */
  private InputStream open() throws IOException {
    if (content != null) return content.open();
    Matcher uri = BASE64_URI.matcher(text);
    if (!uri.lookingAt()) return InputStream.nullInputStream();
    return Base64.getDecoder().wrap(new TextInput(text, uri.end()));
  }

  /** How many bytes the content has; 0 for a link. */
  long length() {
    try {
      return content == null ? 0 : content.size();
    } catch (IOException e) {
      return 0;
    }
  }

  String text() {
    return text;
  }

  /** How many characters follow the text. */
  long base64Length() throws IOException {
    return content == null ? 0 : (content.size() + 2) / 3 * 4;
  }

  /** Writes what follows the text. */
  void writeBase64(BufferedSink sink) throws IOException {
    if (content == null) return;
    Base64.Encoder encoder = Base64.getEncoder();
    byte[] chunk = new byte[CHUNK];
    byte[] encoded = new byte[CHUNK / 3 * 4];
    try (InputStream in = content.open()) {
      int length = in.readNBytes(chunk, 0, CHUNK);
      for (; length == CHUNK; length = in.readNBytes(chunk, 0, CHUNK)) {
        sink.write(encoded, 0, encoder.encode(chunk, encoded));
      }
      sink.write(encoder.encode(Arrays.copyOf(chunk, length)));
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

  /** Type and origin, never the picture itself. */
  @Override
  public String toString() {
    return content == null ? shorten(text) : content.toString();
  }

  /** What a message shows of a text that may be a picture. */
  static String shorten(String text) {
    boolean picture = text.regionMatches(true, 0, "data:", 0, 5);
    if (!picture && text.length() <= 100) return text;
    String begin = text.substring(0, picture ? text.indexOf(',') + 1 : 60);
    return begin + "... (" + text.length() + " characters)";
  }

  /** The characters of a text as bytes, without a copy of them all. */
  private static final class TextInput extends InputStream {
    private final String text;
    private int next;

    TextInput(String text, int begin) {
      this.text = text;
      this.next = begin;
    }

    @Override
    public int read() {
      return next < text.length() ? text.charAt(next++) & 0xff : -1;
    }
  }

  private interface Content {
    ImageType type();

    long size() throws IOException;

    InputStream open() throws IOException;
  }

  private record FileContent(Path file, ImageType type) implements Content {
    @Override
    public long size() throws IOException {
      return Files.size(file);
    }

    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(file);
    }

    @Override
    public String toString() {
      try {
        return file + " (" + type.mediaType() + ", " + size() + " bytes)";
      } catch (IOException e) {
        return file + " (" + type.mediaType() + ", cannot be read)";
      }
    }
  }

  private record BytesContent(byte[] bytes, ImageType type) implements Content {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public String toString() {
      return "(" + type.mediaType() + ", " + bytes.length + " bytes)";
    }
  }
}
