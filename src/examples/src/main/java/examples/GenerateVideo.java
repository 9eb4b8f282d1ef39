package examples;

// begin program
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.nio.file.Path;

public class GenerateVideo {
  public static void main(String[] args) {
    // begin video
    String image = "https://s2-111386.kwimgs.com/bs2/mmu-aiplatform-temp/kling/20240620/1.jpeg";
    try (VideoClient client = VideoClient.builder().build()) { // reads the key from AIML_API_KEY
      var request =
          new KlingVideoV1StandardImageToVideoRequest()
              .imageUrl(Image.url(image)) // or Image.file(Path.of("mona-lisa.jpg"))
              .prompt("Mona Lisa puts on glasses with her hands.")
              .duration(5);

      client.generate(request, Path.of("glasses.mp4")); // takes minutes
    }
    // end video
  }
}
// end program
