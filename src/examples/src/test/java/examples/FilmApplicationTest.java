package examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import examples.spring.FilmApplication;
import io.github.aimlvideo.testing.GenerationScript;
import io.github.aimlvideo.testing.VideoApiMockExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service of Spring Boot, asked over HTTP. */
class FilmApplicationTest {
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static ConfigurableApplicationContext service;

  @BeforeAll
  static void start() {
    service =
        SpringApplication.run(
            FilmApplication.class,
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--aiml.base-url=" + mock.baseUrl(),
            "--aiml.api-key=" + mock.apiKey());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void startsAFilmAndReports() throws Exception {
    HttpResponse<String> started =
        post(
            "{\"pictureUrl\": \"https://example.com/boat.jpg\", \"prompt\": \"The boat sails on.\"}");
    String location = started.headers().firstValue("Location").orElseThrow();
    JsonObject film = json(get(location));

    assertThat(started.statusCode()).isEqualTo(202);
    assertThat(film.get("status").getAsString()).isEqualTo("completed");
    assertThat(film.get("url").getAsString()).contains("/sample.mp4");
    assertThat(mock.creates()).hasSize(1);
  }

  @Test
  void reportsAFailure() throws Exception {
    mock.nextGeneration(GenerationScript.failed("content_policy", "The picture shows a fish."));

    HttpResponse<String> started =
        post("{\"pictureUrl\": \"https://example.com/fish.jpg\", \"prompt\": \"\"}");
    JsonObject film = json(get(started.headers().firstValue("Location").orElseThrow()));

    assertThat(film.get("failure").getAsString()).contains("The picture shows a fish.");
  }

  @Test
  void refusesWhatIsNoLink() throws Exception {
    HttpResponse<String> noLink = post("{\"pictureUrl\": \"boat.jpg\", \"prompt\": \"\"}");
    HttpResponse<String> nothing = post("{\"prompt\": \"The boat sails on.\"}");

    assertThat(noLink.statusCode()).isEqualTo(400);
    assertThat(noLink.body()).contains("boat.jpg");
    assertThat(nothing.statusCode()).isEqualTo(400);
    assertThat(nothing.body()).contains("pictureUrl is missing");
    assertThat(mock.creates()).isEmpty();
  }

  @Test
  void saysWhatMayHaveBeenPaidFor() throws Exception {
    mock.nextGeneration(GenerationScript.completed().loseCreateResponse());

    HttpResponse<String> answer = post("{\"pictureUrl\": \"https://example.com/boat.jpg\"}");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).get("clientRequestId").getAsString())
        .isEqualTo(mock.creates().get(0).clientRequestId().orElseThrow());
  }

  @Test
  void knowsNoOtherId() throws Exception {
    assertThat(get("/films/unknown").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> post(String json) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(uri("/films"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private static URI uri(String path) {
    return URI.create(
        "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port") + path);
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }
}
