package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps the Java of the README compiling: it stands here, word for word. */
class ReadmeTest {
  @Test
  void everyJavaBlockStandsHere() throws IOException {
    String here = Files.readString(Path.of("src/test/java/io/github/aimlvideo/ReadmeTest.java"));
    Matcher blocks =
        Pattern.compile("(?s)```java\n(.*?)```").matcher(Files.readString(Path.of("README.md")));

    assertThat(blocks.results().map(block -> block.group(1)))
        .isNotEmpty()
        .allSatisfy(block -> assertThat(here).containsIgnoringWhitespaces(block));
  }

  static void example() {
    try (VideoClient client = VideoClient.builder().build()) { // the key: AIML_API_KEY
      var request =
          new KlingVideoV1StandardImageToVideoRequest()
              .imageUrl(Image.file(Path.of("mona-lisa.jpg")))
              .prompt("Mona Lisa puts on glasses with her hands.")
              .duration(5);

      client.generate(request, Path.of("glasses.mp4")); // minutes
    }
  }
}
