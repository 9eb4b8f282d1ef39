package examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import examples.spring.VideoApplication;
import io.github.aimlvideo.testing.GenerationScript;
import io.github.aimlvideo.testing.VideoApiMockExtension;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/** The Spring Boot service, over HTTP. */
@ResourceLock("Spring Boot") // sets up the log of the process
class VideoApplicationTest {
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @TempDir static Path temp;
  private static Service service;

  @BeforeAll
  static void start() {
    service =
        Service.start(
            new SpringApplication(VideoApplication.class),
            mock,
            temp,
            "--spring.autoconfigure.exclude=" + DataSourceAutoConfiguration.class.getName());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void startsAGenerationAndReportsItsStatus() throws Exception {
    HttpResponse<String> started =
        post(
            "{\"imageUrl\": \"https://example.com/boat.jpg\", \"prompt\": \"The boat sails on.\"}");
    String location = started.headers().firstValue("Location").orElseThrow();
    JsonObject video = json(get(location));

    assertThat(started.statusCode()).isEqualTo(202);
    assertThat(video.get("status").getAsString()).isEqualTo("completed");
    assertThat(video.get("url").getAsString()).contains("/sample.mp4");
    assertThat(mock.creates()).hasSize(1);
  }

  @Test
  void reportsAFailedGeneration() throws Exception {
    mock.nextGeneration(GenerationScript.failed("content_policy", "The image shows a fish."));

    HttpResponse<String> started =
        post("{\"imageUrl\": \"https://example.com/fish.jpg\", \"prompt\": \"\"}");
    JsonObject video = json(get(started.headers().firstValue("Location").orElseThrow()));

    assertThat(video.get("failure").getAsString()).contains("The image shows a fish.");
  }

  @Test
  void rejectsAnInvalidImageUrl() throws Exception {
    HttpResponse<String> invalid = post("{\"imageUrl\": \"boat.jpg\", \"prompt\": \"\"}");
    HttpResponse<String> missing = post("{\"prompt\": \"The boat sails on.\"}");

    assertThat(invalid.statusCode()).isEqualTo(400);
    assertThat(invalid.body()).contains("boat.jpg");
    assertThat(missing.statusCode()).isEqualTo(400);
    assertThat(missing.body()).contains("imageUrl is missing");
    assertThat(mock.creates()).isEmpty();
  }

  @Test
  void anUnknownOutcomeNamesTheClientRequestId() throws Exception {
    mock.nextGeneration(GenerationScript.completed().loseCreateResponse());

    HttpResponse<String> response = post("{\"imageUrl\": \"https://example.com/boat.jpg\"}");

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(json(response).get("clientRequestId").getAsString())
        .isEqualTo(mock.creates().get(0).clientRequestId().orElseThrow());
  }

  @Test
  void anUnknownIdIsNotFound() throws Exception {
    assertThat(get("/videos/unknown").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> post(String json) throws Exception {
    return service.send("POST", "/videos", json);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return service.get(path);
  }

  private static JsonObject json(HttpResponse<String> response) {
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }
}
