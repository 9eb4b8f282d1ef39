package examples;

// begin program
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.testing.GenerationScript;
import io.github.aimlvideo.testing.VideoApiMockExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LostResponseTest {
  // begin test
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @Test
  void createsOnlyOneGeneration(@TempDir Path folder) {
    mock.nextGeneration(GenerationScript.completed().loseCreateResponse().truncateDownloads(1));
    Path file = folder.resolve("fox.mp4");

    try (VideoClient client = mock.clientBuilder().build()) {
      client.generate(
          new KlingVideoV1StandardImageToVideoRequest()
              .imageUrl(Image.url("https://example.com/fox.jpg"))
              .prompt("The fox walks through snow."),
          file);
    }

    assertEquals(1, mock.creates().size());
    assertTrue(Files.exists(file));
  }
  // end test
}
// end program
