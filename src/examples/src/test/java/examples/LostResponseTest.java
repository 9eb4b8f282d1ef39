package examples;

// begin program
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.testing.GenerationScript;
import io.github.aimlvideo.testing.VideoApiMockExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LostResponseTest {
  // begin test
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @Test
  void createsOnlyOneGeneration() {
    mock.nextGeneration(GenerationScript.completed().loseCreateResponse());
    Image image = Image.url("https://example.com/fox.jpg");

    try (VideoClient client = mock.clientBuilder().build()) {
      client.generate(new KlingVideoV1StandardImageToVideoRequest().imageUrl(image));
    }

    assertEquals(1, mock.creates().size());
  }
  // end test
}
// end program
