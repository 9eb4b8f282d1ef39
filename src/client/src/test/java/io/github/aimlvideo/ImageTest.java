package io.github.aimlvideo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.fixture.Samples;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTest {
  /** Its Base64 has padding, and characters that differ in the URL-safe alphabet. */
  private static final byte[] ODD_PNG =
      HexFormat.of().parseHex("89504e470d0a1a0afbefbefbefbeffff" + "00".repeat(60) + "fffe");

  @ParameterizedTest
  @CsvSource({
    "89504e470d0a1a0a0000000d, image/png",
    "ffd8ffe000104a464946, image/jpeg",
    "524946460000000057454250, image/webp",
    "474946383761, image/gif",
    "474946383961, image/gif",
    "424d46000000000000003600, image/bmp",
  })
  void typeIsDetectedByContent(String hex, String mediaType) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(Image.bytes(bytes).mediaType()).contains(mediaType);
  }

  @Test
  void fileThatIsNoImageIsNamed(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("image.png"), "not an image");
    Path nothing = Files.createFile(folder.resolve("empty.png"));
    Path cars = Files.writeString(folder.resolve("BMW.txt"), "BMW, Mercedes, Opel");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Image.file(text))
        .withMessage("not an image (PNG, JPEG, WebP, GIF or BMP): " + text);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Image.file(nothing))
        .withMessage("the image is empty: " + nothing);
    assertThatIllegalArgumentException().isThrownBy(() -> Image.bytes(new byte[0]));
    assertThatIllegalArgumentException().isThrownBy(() -> Image.file(cars));
  }

  @Test
  void missingFileAndFolderAreNamed(@TempDir Path folder) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Image.file(folder.resolve("nope.png")))
        .withMessage("no such file: " + folder.resolve("nope.png"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Image.file(folder))
        .withMessageStartingWith("cannot read " + folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image.png",
        "http://",
        "https:///x",
        "",
        "data:text/plain,x",
        "data:image/png;base64,",
        "data:image/png;base64, \n",
        "data:image/png;base64,%%%%",
        "data:image/svg+xml,",
        "data:application/octet-stream;base64,AAAA",
        "bm8gaW1hZ2UsIGJ1dCBhIHRleHQgaW4gQmFzZTY0IQ==",
        "ftp://a/b.png"
      })
  void otherTextsAreRefused(String text) {
    assertThat(Image.isUrl(text)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Image.url(text))
        .withMessageStartingWith("not an http(s) URL");
  }

  @Test
  void refusedTextIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Image.url("ftp://a/b.png"))
        .withMessage("not an http(s) URL: ftp://a/b.png");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Image.url("fox.png"))
        .withMessage("not an http(s) URL, and not a data URI or Base64 of an image: fox.png");
  }

  /** The vendor's page takes a "Base64-encoded local image" and names no form. */
  static Stream<String> base64() {
    String base64 = Base64.getEncoder().encodeToString(ODD_PNG);
    String urlSafe = Base64.getUrlEncoder().encodeToString(ODD_PNG);
    String inLines = Base64.getMimeEncoder(76, "\r\n".getBytes(UTF_8)).encodeToString(ODD_PNG);
    return Stream.of(
            base64, urlSafe, inLines, inLines + "\n", urlSafe.replace("=", ""), "\t" + base64)
        .flatMap(
            text ->
                Stream.of(
                    text,
                    "data:image/png;base64," + text,
                    "DATA:image/x-png;charset=utf-8;base64," + text,
                    "data:application/octet-stream;base64," + text,
                    "data:;base64," + text));
  }

  @ParameterizedTest
  @MethodSource("base64")
  void base64IsSentAsAStandardDataUri(String text) throws IOException {
    Image image = Image.url(text);

    assertThat(Image.isUrl(text)).isTrue();
    assertThat(sent(image))
        .isEqualTo("data:image/png;base64," + Base64.getEncoder().encodeToString(ODD_PNG));
    assertThat(image).isEqualTo(Image.bytes(ODD_PNG.clone()));
    assertThat(image.byteCount()).isEqualTo(ODD_PNG.length);
  }

  @ParameterizedTest
  @CsvSource({
    "'data:image/avif;base64,AAAA', 'data:image/avif;base64,AAAA'",
    "'data:image/avif;base64,AA\nAA_-8', 'data:image/avif;base64,AAAA/+8='",
    "'data:image/svg+xml,<svg/>', 'data:image/svg+xml,<svg/>'",
  })
  void dataUriOfAnotherTypeIsSent(String text, String sent) throws IOException {
    assertThat(sent(Image.url(text))).isEqualTo(sent);
  }

  private static String sent(Image image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    image.encodeTo(out);
    return out.toString(UTF_8);
  }

  @Test
  void uriIsAUrlOrAFile(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a fox.png"), Samples.PNG);

    assertThat(Image.of(URI.create("https://a/b?c=d"))).isEqualTo(Image.url("https://a/b?c=d"));
    assertThat(Image.of(file.toUri())).isEqualTo(Image.file(file));
    assertThatIllegalArgumentException().isThrownBy(() -> Image.of(URI.create("ftp://a/b")));
    assertThatIllegalArgumentException().isThrownBy(() -> Image.of(URI.create("fox.png")));
  }

  @Test
  void streamIsReadOnceAndStaysOpen() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream stream =
        new ByteArrayInputStream(Samples.PNG) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    Image image = Image.of(stream);

    assertThat(image).isEqualTo(Image.bytes(Samples.PNG));
    assertThat(sent(image)).isEqualTo(sent(image));
    assertThat(closed).isFalse();
  }

  @Test
  void streamIsBoundedAndNotEmpty() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] bytes, int from, int length) {
            return length;
          }
        };

    assertThatThrownBy(() -> Image.of(endless))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("longer than 64 MB; save it to a file");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Image.of(InputStream.nullInputStream()))
        .withMessage("the image is empty: the stream");
  }

  @Test
  void toStringNeverShowsTheContent() {
    String dataUri = "data:image/png;base64," + "A".repeat(5000);

    assertThat(Image.bytes(Samples.PNG)).hasToString("(image/png, 70 bytes)");
    assertThat(Image.url(dataUri)).hasToString("data:image/png;base64,... (5022 characters)");
    assertThat(Image.url("data:image/png;base64,iVBO").toString()).doesNotContain("iVBO");
  }

  @Test
  void equalsComparesFileUrlOrBytes() {
    Path file = Path.of("../../mock/sample.jpg");

    assertThat(Image.file(file)).isEqualTo(Image.file(file));
    assertThat(Image.url("https://a/b")).isEqualTo(Image.url("https://a/b"));
    assertThat(Image.bytes(Samples.PNG)).isEqualTo(Image.bytes(Samples.PNG));
    assertThat(Image.bytes(Samples.PNG)).isNotEqualTo(Image.bytes(Samples.PNG).bareBase64());
  }

  @Test
  void sizeIsReadFromTheHead() {
    assertThat(Image.bytes(Samples.PNG).size()).contains(new ImageSize(1, 1));
    assertThat(Image.file(Path.of("../../mock/sample.jpg")).size())
        .isEqualTo(sizeByImageIo(Path.of("../../mock/sample.jpg")));
  }

  @Test
  void dataUriHasTypeAndSize() throws IOException {
    byte[] sample = Files.readAllBytes(Path.of("../../mock/sample.jpg"));
    Image image = Image.url("DATA:image/png;base64," + Base64.getEncoder().encodeToString(sample));

    assertThat(image.type()).as("by content").contains(ImageType.JPEG);
    assertThat(image.size()).isEqualTo(Image.bytes(sample).size()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a/b.png",
        "data:image/png;base64,iVBORw0KGgo", // broken off
        "data:image/svg+xml,<svg/>",
        "data:image/png,89PNG"
      })
  void sizeOfOtherUrlsIsUnknown(String link) {
    assertThat(Image.url(link).size()).isEmpty();
  }

  @Test
  void typeOfAUrlIsUnknown() {
    assertThat(Image.url("https://a/b.png").type()).isEmpty();
    assertThat(Image.url("https://a/b.png").mediaType()).isEmpty();
  }

  @Test
  void brokenHeadHasNoSize(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a.png"), Samples.PNG);
    Image gone = Image.file(file);
    Files.delete(file);

    assertThat(gone.size()).isEmpty();
    assertThat(gone.type()).contains(ImageType.PNG);
    assertThat(Image.bytes(Arrays.copyOf(Samples.PNG, 20)).size()).isEmpty();
    assertThat(Image.bytes(png(0, 5)).size()).isEmpty();
    assertThat(Image.bytes(png(5, -1)).size()).isEmpty();
    assertThat(Image.bytes(HexFormat.of().parseHex("ffd8ffd9")).size()).isEmpty();
  }

  /** A photo of a camera: 6 MB of metadata before the frame, 50 MB after it. */
  @Test
  void largeImageNeedsFewReads() throws IOException {
    ByteBuffer head = ByteBuffer.allocate(6_500_000).putShort((short) 0xffd8);
    for (int i = 0; i < 99; i++) {
      head.putShort((short) 0xffe2).putShort((short) 0xffff).position(head.position() + 65_533);
    }
    head.putInt(0xffc00011).put((byte) 8).putShort((short) 3000).putShort((short) 4000);
    Counting in = new Counting(head.array(), 50_000_000);

    assertThat(ImageSize.of(ImageType.JPEG, in)).contains(new ImageSize(4000, 3000));
    assertThat(in.read).as("bytes read, not skipped").isLessThan(64_000);
  }

  @Test
  void sizeOfALargeFileIsFoundAtOnce(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("large.png"), png(4000, 3000));
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(1L << 40); // a hole; to read it all would take hours
    }

    assertThat(Image.file(file).size()).contains(new ImageSize(4000, 3000));
  }

  @Test
  void pngThatDoesNotBeginWithItsHeaderHasNoSize() {
    byte[] otherChunk = Samples.PNG.clone();
    otherChunk[12] = 'X';

    assertThat(Image.bytes(Samples.PNG).size()).isPresent();
    assertThat(Image.bytes(otherChunk).size()).isEmpty();
  }

  @Test
  void sizeHasTwoPositiveSides() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSize(0, 1))
        .withMessage("width < 1: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSize(1, -1))
        .withMessage("height < 1: -1");
    assertThat(new ImageSize(640, 320).aspectRatio()).isEqualTo(2);
    assertThat(new ImageSize(640, 320)).hasToString("640 x 320");
  }

  @Test
  void onlyAnImageInAFileHasAFile(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("fox.png"), Samples.PNG);

    assertThat(Image.file(file).file()).contains(file);
    assertThat(Image.file(file).bareBase64().file()).contains(file);
    assertThat(Image.of(file.toUri()).file()).contains(file);
    assertThat(Image.bytes(Samples.PNG).file()).isEmpty();
    assertThat(Image.of(new ByteArrayInputStream(Samples.PNG)).file()).isEmpty();
    assertThat(Image.url("https://example.com/fox.png").file()).isEmpty();
  }

  @Test
  void onlyContentCanBeBareBase64() {
    Image image = Image.bytes(Samples.PNG);

    assertThat(image.isBareBase64()).isFalse();
    assertThat(image.bareBase64().isBareBase64()).isTrue();
    assertThat(Image.url("https://example.com/fox.png").bareBase64().isBareBase64()).isFalse();
  }

  @Test
  void theBytesOfAnImageCanBeReadAgainAndAgain(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("fox.png"), Samples.PNG);
    String base64 = Base64.getEncoder().encodeToString(Samples.PNG);

    for (Image image :
        new Image[] {Image.file(file), Image.bytes(Samples.PNG), Image.url(base64)}) {
      for (int i = 0; i < 2; i++) {
        try (InputStream in = image.open()) {
          assertThat(in.readAllBytes()).isEqualTo(Samples.PNG);
        }
      }
    }
  }

  @Test
  void aFileThatChangedIsNotOpened(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("fox.png"), Samples.PNG);
    Image image = Image.file(file);
    Files.write(file, ODD_PNG);

    assertThatThrownBy(image::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it changed after it was given");
  }

  @Test
  void aUrlHasNoBytes() {
    assertThatThrownBy(() -> Image.url("https://example.com/fox.png").open())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no bytes, but a URL: https://example.com/fox.png");
  }

  private static Optional<ImageSize> sizeByImageIo(Path file) {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      return Optional.of(new ImageSize(image.getWidth(), image.getHeight()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] png(int width, int height) {
    return ByteBuffer.wrap(Samples.PNG.clone()).putInt(16, width).putInt(20, height).array();
  }

  /** A stream that can skip, as that of a file, and counts the bytes that are read. */
  private static final class Counting extends InputStream {
    private final byte[] head;
    private final long length;
    private long at;
    private long read;

    Counting(byte[] head, long more) {
      this.head = head;
      this.length = head.length + more;
    }

    @Override
    public int read() {
      if (at == length) return -1;
      read++;
      return at < head.length ? head[(int) at++] & 0xff : zero();
    }

    private int zero() {
      at++;
      return 0;
    }

    @Override
    public long skip(long n) {
      long skipped = Math.min(n, length - at);
      at += skipped;
      return skipped;
    }
  }
}
