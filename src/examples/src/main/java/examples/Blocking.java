package examples;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.nio.file.Path;

/** A film from a picture, and the thread waits for it. */
public final class Blocking {
  private Blocking() {}

  public static void main(String[] args) {
    // begin film
    try (VideoClient client = VideoClient.builder().build()) { // the key: AIML_API_KEY
      var request =
          new KlingVideoV1StandardImageToVideoRequest()
              .imageUrl(Image.file(Path.of("mona-lisa.jpg")))
              .prompt("Mona Lisa puts on glasses with her hands.")
              .duration(5);

      client.generate(request, Path.of("glasses.mp4")); // minutes
    }
    // end film
  }
}
