package examples;

// begin program
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.nio.file.Path;
import java.time.Duration;

public class GenerateBatch {
  public static void main(String[] args) throws InterruptedException {
    try (VideoClient client = VideoClient.builder().recoveryTimeout(Duration.ZERO).build()) {
      System.out.println(generate(client, Path.of("videos")));
    }
  }

  static BatchSummary generate(VideoClient client, Path folder) throws InterruptedException {
    var request =
        new KlingVideoV1StandardImageToVideoRequest()
            .imageUrl(Image.url("https://example.com/fox.jpg"))
            .prompt("The fox walks through snow.");
    // begin batch
    try (VideoBatch batch =
        VideoBatch.inFolder(folder).client(client).maxInFlight(50).build()) { // or on(dataSource)
      batch.add("fox", request); // idempotent by name
      return batch.run(); // resumes where an earlier run ended
    }
    // end batch
  }
}
// end program
