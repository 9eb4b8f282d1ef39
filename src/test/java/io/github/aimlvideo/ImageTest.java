package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTest {
  @ParameterizedTest
  @CsvSource({
    "89504e470d0a1a0a0000000d, image/png",
    "ffd8ffe000104a464946, image/jpeg",
    "524946460000000057454250, image/webp",
    "474946383761, image/gif",
    "474946383961, image/gif",
    "424d00000000, image/bmp",
  })
  void typeIsFoundByContent(String hex, String mediaType) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThat(Image.bytes(bytes).mediaType()).contains(mediaType);
  }

  @Test
  void whatIsNoPictureIsNamed(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("picture.png"), "not a picture");
    Path nothing = Files.createFile(folder.resolve("empty.png"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Image.file(text))
        .withMessage("not a picture (PNG, JPEG, WebP, GIF or BMP): " + text);
    assertThatIllegalArgumentException().isThrownBy(() -> Image.file(nothing));
    assertThatIllegalArgumentException().isThrownBy(() -> Image.bytes(new byte[0]));
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
      strings = {"ftp://a/b.png", "picture.png", "http://", "https:///x", "", "data:text/plain,x"})
  void otherLinksAreRefused(String text) {
    assertThat(Image.isUrl(text)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Image.url(text))
        .withMessageStartingWith("not an http(s) link: " + text.replaceFirst("(?<=,).*", ""));
  }

  @Test
  void textFormNeverShowsThePicture() {
    String dataUri = "data:image/png;base64," + "A".repeat(5000);

    assertThat(Image.bytes(Samples.PNG)).hasToString("(image/png, 70 bytes)");
    assertThat(Image.url(dataUri)).hasToString("data:image/png;base64,... (5022 characters)");
    assertThat(Image.url("data:image/png;base64,iVBO").toString()).doesNotContain("iVBO");
  }

  @Test
  void equalsByContentOfTheReference() {
    assertThat(Image.url("https://a/b")).isEqualTo(Image.url("https://a/b"));
    assertThat(Image.bytes(Samples.PNG)).isEqualTo(Image.bytes(Samples.PNG));
    assertThat(Image.bytes(Samples.PNG)).isNotEqualTo(Image.bytes(Samples.PNG).bareBase64());
  }
}
