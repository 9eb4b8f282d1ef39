package examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.testing.GenerationScript;
import io.github.aimlvideo.testing.VideoApiMockExtension;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A script with several states and errors. */
class UnreliableServerTest {
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @Test
  void theVideoIsSavedInSpiteOfEveryError(@TempDir Path folder) {
    // begin script
    mock.nextGeneration(
        GenerationScript.completed()
            .rejectCreate(429, 2)
            .queued(Duration.ofMillis(300))
            .generating(Duration.ofMillis(500))
            .truncatePolls(1)
            .expireDownloadUrl(1));
    // end script
    Path file = folder.resolve("fox.mp4");

    try (VideoClient client = mock.clientBuilder().build()) {
      client.generate(
          new KlingVideoV1StandardImageToVideoRequest()
              .imageUrl(Image.url("https://example.com/fox.jpg"))
              .prompt("The fox walks through snow."),
          file);
    }

    assertThat(file).isNotEmptyFile();
  }
}
