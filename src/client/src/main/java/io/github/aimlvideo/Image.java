package io.github.aimlvideo;

import io.github.aimlvideo.internal.values.Base64Text;
import io.github.aimlvideo.internal.values.ByteSource;
import io.github.aimlvideo.internal.values.ShortText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image for a request: a URL, a file, a stream, bytes or Base64.
 *
 * <p>All but a URL are sent as a data URI ({@code data:image/png;base64,...}). A file of any size
 * takes a few kilobytes of memory, as it is read while the request is sent; nothing is created if
 * it has changed by then. The type is detected by content: PNG, JPEG, WebP, GIF or BMP; Kling
 * accepts PNG and JPEG. Immutable and safe for use by several threads, as long as an array does not
 * change.
 */
public final class Image {
  private static final Pattern HTTP_URL = Pattern.compile("(?i)https?://[^/?#\\s]\\S*");
  private static final Pattern DATA_URI =
      Pattern.compile("(?i)data:(image/[^,]*?)?(?:application/octet-stream[^,]*?)?(;base64)?,");

  /** Shorter texts are names of files, not Base64; no image is as small. */
  private static final int MIN_BASE64 = 32;

  // sent before the content: a whole URL, the beginning of a data URI, or nothing
  private final String text;
  private final @Nullable Content content;

  private Image(String text, @Nullable Content content) {
    this.text = text;
    this.content = content;
  }

  /**
   * An image as the vendor's {@code image_url} takes it.
   *
   * @param url an {@code http} or {@code https} URL, which the server fetches; or a data URI of an
   *     image, or bare Base64 of one, which is sent as a data URI with the type by content. Base64
   *     may have line breaks, the URL-safe alphabet or no padding
   * @throws IllegalArgumentException if it is none of these, or empty
   */
  public static Image url(String url) {
    Optional<Image> image = parsed(Objects.requireNonNull(url, "url"));
    if (image.isPresent()) return image.get();
    String expected = url.contains("://") ? "" : ", and not a data URI or Base64 of an image";
    throw new IllegalArgumentException(
        "not an http(s) URL" + expected + ": " + ShortText.value(url));
  }

  /** Whether {@link #url(String)} accepts this text. */
  public static boolean isUrl(String text) {
    return parsed(text).isPresent();
  }

  private static Optional<Image> parsed(String text) {
    if (HTTP_URL.matcher(text).matches()) return Optional.of(new Image(text, null));
    Matcher uri = DATA_URI.matcher(text);
    if (!uri.lookingAt()) return text.length() < MIN_BASE64 ? Optional.empty() : decoded(text);
    String data = text.substring(uri.end());
    boolean typed = uri.group(1) != null && !data.isBlank();
    if (uri.group(2) == null) { // such as SVG as text
      return typed ? Optional.of(new Image(text, null)) : Optional.empty();
    }
    Optional<Image> known = decoded(data);
    return known.isPresent() || !typed ? known : otherType(uri.group(), data);
  }

  private static Optional<Image> decoded(String base64) {
    return Base64Text.decode(base64)
        .flatMap(b -> ImageType.of(b).map(type -> encoded(type, ByteSource.of(b))));
  }

  /** A data URI of an image whose content this client does not know, in standard Base64. */
  private static Optional<Image> otherType(String head, String base64) {
    return Base64Text.decode(base64)
        .filter(bytes -> bytes.length > 0)
        .map(bytes -> new Image(head + Base64.getEncoder().encodeToString(bytes), null));
  }

  /**
   * An image at a URI: {@code http}, {@code https}, {@code data} or {@code file}.
   *
   * @throws IllegalArgumentException as {@link #url(String)} and {@link #file}
   */
  public static Image of(URI uri) {
    boolean file = "file".equalsIgnoreCase(Objects.requireNonNull(uri, "uri").getScheme());
    return file ? file(Path.of(uri)) : url(uri.toString());
  }

  /**
   * An image in a stream, which is read to its end at once and not closed.
   *
   * @throws IllegalArgumentException if it is not an image of a known type, or longer than 64 MB
   * @throws UncheckedIOException if the stream cannot be read
   */
  public static Image of(InputStream stream) {
    Objects.requireNonNull(stream, "stream");
    try {
      return encoded(ByteSource.of(stream), "the stream");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An image in a file, which is read while the request is sent. What cannot be read twice, such as
   * a pipe or {@code /dev/stdin}, is read at once and kept; it may have 64 MB.
   *
   * @throws IllegalArgumentException if the file is empty, cannot be read, or is not an image of a
   *     known type
   */
  public static Image file(Path file) {
    Objects.requireNonNull(file, "file");
    String name = ShortText.message(file.toString());
    try {
      return encoded(ByteSource.of(file), name);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("no such file: " + name, e);
    } catch (IOException e) {
      String message = "cannot read " + name + ": " + e.getMessage();
      throw new IllegalArgumentException(ShortText.message(message), e);
    }
  }

  /**
   * An image in memory; the array is not copied.
   *
   * @throws IllegalArgumentException if it is not an image of a known type
   */
  public static Image bytes(byte[] bytes) {
    Objects.requireNonNull(bytes, "bytes");
    return encoded(ByteSource.of(bytes), bytes.length + " bytes");
  }

  private static Image encoded(ByteSource source, String name) {
    if (source.length() == 0) throw new IllegalArgumentException("the image is empty: " + name);
    String message = "not an image (PNG, JPEG, WebP, GIF or BMP): " + name;
    return ImageType.of(source.head())
        .map(type -> encoded(type, source))
        .orElseThrow(() -> new IllegalArgumentException(message));
  }

  private static Image encoded(ImageType type, ByteSource source) {
    return new Image("data:" + type.mediaType() + ";base64,", new Content(type, source));
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

  /** The type by content; empty for a URL, and for a data URI of another type. */
  public Optional<ImageType> type() {
    return Optional.ofNullable(content).map(Content::type);
  }

  /**
   * Width and height of a PNG or a JPEG as stored, whatever the orientation in its EXIF data. Each
   * call reads a few bytes of the file and decodes no pixels.
   *
   * @return empty for a URL, another type, or if it cannot be read
   */
  public Optional<ImageSize> size() {
    if (content == null) return Optional.empty();
    try (InputStream in = content.source().open()) {
      return ImageSize.of(content.type(), in);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The URL, or the data URI of another type, as it is sent; empty for any other image. */
  public Optional<String> url() {
    return content == null ? Optional.of(text) : Optional.empty();
  }

  /** The file, which is read while the request is sent; empty for any other image, and a pipe. */
  public Optional<Path> file() {
    return content == null ? Optional.empty() : content.source().file();
  }

  /** Whether it is sent without {@code data:...;base64,}: see {@link #bareBase64}. */
  public boolean isBareBase64() {
    return content != null && text.isEmpty();
  }

  /**
   * The bytes of the image, from its file or memory; the caller closes the stream.
   *
   * @throws IOException if the file cannot be read, or has changed since it was given
   * @throws IllegalStateException where {@link #type} is empty, as for a URL
   */
  public InputStream open() throws IOException {
    if (content == null) throw new IllegalStateException("no bytes, but a URL: " + this);
    content.source().checkUnchanged();
    return content.source().open();
  }

  /** The number of bytes when it was given; 0 where {@link #type} is empty. */
  public long byteCount() {
    return content == null ? 0 : content.source().length();
  }

  /**
   * The number of characters that {@link #encodeTo} writes.
   *
   * @throws IOException if the file cannot be read, or has changed since it was given
   */
  public long encodedLength() throws IOException {
    if (content == null) return text.length();
    content.source().checkUnchanged();
    return text.length() + (content.source().length() + 2) / 3 * 4;
  }

  /**
   * Writes the image as it is sent: a URL, a data URI or bare Base64, in ASCII. Takes a few
   * kilobytes of memory, whatever its size.
   *
   * @throws IOException if the file cannot be read, or has changed since it was given; then less is
   *     written than {@link #encodedLength} says
   */
  public void encodeTo(OutputStream out) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    if (content != null) content.source().encodeTo(out);
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
    if (content == null) return ShortText.value(text);
    String size = "(" + content.type().mediaType() + ", " + byteCount() + " bytes)";
    return (content.source() + " " + size).strip();
  }

  /** What is encoded. */
  private record Content(ImageType type, ByteSource source) {}
}
