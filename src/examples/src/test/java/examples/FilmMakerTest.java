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

/** How code that makes films is tested: without a key and without cost. */
class FilmMakerTest {
  // begin test
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @Test
  void paysOnceAlthoughTheAnswerIsLost(@TempDir Path folder) {
    // begin life
    mock.nextGeneration(
        GenerationScript.completed()
            .loseCreateResponse()
            .generating(Duration.ofMillis(300))
            .truncateDownloads(1));

    try (VideoClient client = mock.clientBuilder().build()) {
      new FilmMaker(client).make("https://example.com/fox.jpg", folder.resolve("fox.mp4"));
    }

    assertThat(mock.creates()).hasSize(1);
    // end life
    assertThat(folder.resolve("fox.mp4")).isNotEmptyFile();
  }

  // end test

  @Test
  void goesOnThroughEveryFault(@TempDir Path folder) {
    // begin faults
    mock.nextGeneration(
        GenerationScript.completed()
            .rejectCreate(429, 2)
            .queued(Duration.ofMillis(300))
            .generating(Duration.ofMillis(500))
            .truncatePolls(1)
            .expireDownloadUrl(1));
    // end faults

    try (VideoClient client = mock.clientBuilder().build()) {
      new FilmMaker(client).make("https://example.com/fox.jpg", folder.resolve("fox.mp4"));
    }

    assertThat(folder.resolve("fox.mp4")).isNotEmptyFile();
  }

  /** What is to be tested. */
  private record FilmMaker(VideoClient client) {
    void make(String picture, Path file) {
      client.generate(
          new KlingVideoV1StandardImageToVideoRequest()
              .imageUrl(Image.url(picture))
              .prompt("The fox walks through snow."),
          file);
    }
  }
}
