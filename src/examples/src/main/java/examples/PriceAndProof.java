package examples;

// begin program
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.batch.audit.Audit;
import io.github.aimlvideo.batch.audit.AuditReport;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;

public class PriceAndProof {
  public static void main(String[] args) throws InterruptedException {
    try (VideoClient client = VideoClient.builder().recoveryTimeout(Duration.ZERO).build()) {
      System.out.println(generate(client, Path.of("videos"), new BigDecimal("2.50")));
      audit(client, Path.of("videos"));
    }
  }

  static BatchSummary generate(VideoClient client, Path folder, BigDecimal maxUsd)
      throws InterruptedException {
    var request =
        new KlingVideoV1StandardImageToVideoRequest()
            .imageUrl(Image.url("https://example.com/fox.jpg"));
    System.out.println(client.quote(request)); // such as $0.28 (560000 credits)
    try (VideoBatch batch =
        VideoBatch.inFolder(folder).client(client).maxUsd(maxUsd).build()) { // by quotes
      batch.add("fox", request);
      return batch.run();
    }
  }

  static AuditReport audit(VideoClient client, Path folder) {
    // begin audit
    AuditReport report = Audit.inFolder(folder).run(client.account());
    report.problems().forEach(entry -> System.out.println(entry.verdict() + " " + entry.row()));
    // end audit
    return report;
  }
}
// end program
