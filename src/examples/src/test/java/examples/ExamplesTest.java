package examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.BatchStop;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.audit.AuditEntry;
import io.github.aimlvideo.batch.audit.AuditReport;
import io.github.aimlvideo.batch.audit.Verdict;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.testing.GenerationScript;
import io.github.aimlvideo.testing.RecordedCreate;
import io.github.aimlvideo.testing.VideoApiMockExtension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples against the mock. */
class ExamplesTest {
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @TempDir Path folder;

  @Test
  void aHundredGenerationsRunAtOnce() {
    for (int i = 0; i < 98; i++) {
      mock.nextGeneration(GenerationScript.completed().generating(Duration.ofMillis(300)));
    }
    mock.nextGeneration(GenerationScript.failed("content_policy", "The image shows a fish."));
    Map<String, VideoRequest> requests = new LinkedHashMap<>();
    requests.put("wrong", request("wrong").duration(7));
    for (int i = 1; i < 100; i++) requests.put("video-" + i, request("video " + i));

    Map<String, CompletableFuture<VideoGeneration>> videos;
    try (VideoClient client = mock.clientBuilder().build()) {
      videos = ConcurrentGenerations.generate(client, requests, folder);
    }

    assertThat(mock.creates()).hasSize(99);
    assertThat(videos).hasSize(100);
    assertThat(videos.get("wrong")).isCompletedExceptionally();
    assertThat(videos.values()).filteredOn(CompletableFuture::isCompletedExceptionally).hasSize(2);
    assertThat(folder.toFile().list()).hasSize(98);
  }

  @Test
  void aBatchBuysNothingTwice() throws Exception {
    try (VideoClient client = mock.clientBuilder().recoveryTimeout(Duration.ZERO).build()) {
      BatchSummary first = GenerateBatch.generate(client, folder);
      BatchSummary second = GenerateBatch.generate(client, folder);

      assertThat(first.isComplete()).isTrue();
      assertThat(second).isEqualTo(first);
    }
    assertThat(folder.resolve("fox.mp4")).isNotEmptyFile();
    assertThat(mock.creates()).hasSize(1);
  }

  @Test
  void anAuditFindsWhatWasChargedTwice() throws Exception {
    mock.nextGeneration(GenerationScript.completed().charge(Duration.ZERO).charge(Duration.ZERO));
    try (VideoClient client = mock.clientBuilder().recoveryTimeout(Duration.ZERO).build()) {
      BatchSummary summary = PriceAndProof.generate(client, folder, new BigDecimal("0.28"));
      AuditReport report = PriceAndProof.audit(client, folder);

      assertThat(summary.isComplete()).isTrue();
      assertThat(report.problems())
          .extracting(AuditEntry::verdict)
          .containsExactly(Verdict.CHARGED_TWICE);
      assertThat(report.charged().usd()).isEqualTo("0.56");
    }
  }

  @Test
  void aBudgetIsNotPassed() throws Exception {
    try (VideoClient client = mock.clientBuilder().recoveryTimeout(Duration.ZERO).build()) {
      BatchSummary summary = PriceAndProof.generate(client, folder, new BigDecimal("0.27"));

      assertThat(summary.stopped().orElseThrow().reason()).isEqualTo(BatchStop.Reason.CREDITS);
      assertThat(mock.creates()).isEmpty();
    }
  }

  @Test
  void theMotionBrushCausesNoWarning() throws IOException {
    List<String> warnings = new ArrayList<>();

    JsonObject sent = create(MotionBrushExample.harbour(image()), warnings).body();

    assertThat(warnings).isEmpty();
    assertThat(sent.get("static_mask").getAsString()).startsWith("data:image/png;base64,");
    assertThat(sent.getAsJsonArray("dynamic_masks")).hasSize(2);
    JsonObject boat = sent.getAsJsonArray("dynamic_masks").get(0).getAsJsonObject();
    assertThat(boat.getAsJsonArray("trajectories").get(0))
        .hasToString("{\"x\":310,\"y\":180}"); // 400 - 220
  }

  @Test
  void noCameraMoveCausesAWarning() throws IOException {
    List<String> warnings = new ArrayList<>();
    Image image = image();

    for (var move : CameraMovesExample.moves().values()) {
      create(CameraMovesExample.request(image, move), warnings);
    }

    assertThat(warnings).isEmpty();
    assertThat(mock.creates())
        .extracting(create -> create.body().get("camera_control").toString())
        .hasSize(10)
        .doesNotHaveDuplicates();
  }

  @Test
  void modelWithoutAClassIsSentAsGiven() throws IOException {
    Path image = folder.resolve("fox.png");
    ImageIO.write(new BufferedImage(640, 400, BufferedImage.TYPE_INT_RGB), "png", image.toFile());

    try (VideoClient client = mock.clientBuilder().build()) {
      client.create(UntypedRequestExample.request(image));
    }

    assertThat(mock.creates().get(0).model()).isEqualTo("vendor/model-1");
  }

  private static RecordedCreate create(VideoRequest request, List<String> warnings) {
    try (VideoClient client =
        mock.clientBuilder().listener(new WarningListener(warnings)).build()) {
      client.generate(request);
    }
    return mock.creates().get(mock.creates().size() - 1);
  }

  private record WarningListener(List<String> warnings) implements GenerationListener {
    @Override
    public void onWarning(String warning) {
      warnings.add(warning);
    }
  }

  private static KlingVideoV1StandardImageToVideoRequest request(String prompt) {
    return new KlingVideoV1StandardImageToVideoRequest()
        .imageUrl(Image.url("https://example.com/boat.jpg"))
        .prompt(prompt);
  }

  private static Image image() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(640, 400, BufferedImage.TYPE_INT_RGB), "png", png);
    return Image.bytes(png.toByteArray());
  }
}
