package examples;

// begin program
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.testing.FakeVideoClient;
import io.github.aimlvideo.testing.GenerationScript;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FakeClientTest {
  // begin test
  @Test
  void createsOnlyOneGeneration() {
    Image image = Image.url("https://example.com/fox.jpg");
    try (FakeVideoClient client = FakeVideoClient.create()) {
      client.nextGeneration(
          GenerationScript.completed().loseCreateResponse().queued(Duration.ofMinutes(4)));

      client.generate(new KlingVideoV1StandardImageToVideoRequest().imageUrl(image));

      assertEquals(1, client.creates().size());
    }
  }
  // end test
}
// end program
