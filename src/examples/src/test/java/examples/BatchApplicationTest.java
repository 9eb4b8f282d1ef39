package examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import examples.springbatch.BatchApplication;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.testing.VideoApiMockExtension;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

/** The Spring Boot service with a batch in PostgreSQL, over HTTP. */
class BatchApplicationTest {
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String FOX =
      "{\"imageUrl\": \"https://example.com/fox.jpg\", \"prompt\": \"The fox walks.\"}";

  @TempDir static Path temp;
  private static Path folder;
  private static final BlockingQueue<BatchRow> ended = new LinkedBlockingQueue<>();
  private static EmbeddedPostgres postgres;
  private static ConfigurableApplicationContext service;

  @BeforeAll
  static void start() throws IOException {
    folder = temp.resolve("videos"); // made by the batch
    postgres = EmbeddedPostgres.start();
    service = startService();
  }

  private static ConfigurableApplicationContext startService() {
    SpringApplication application = new SpringApplication(BatchApplication.class);
    application.addListeners((ApplicationListener<ApplicationEvent>) BatchApplicationTest::note);
    return application.run(
        "--spring.main.banner-mode=off",
        "--logging.level.root=warn",
        "--server.port=0",
        "--server.address=127.0.0.1",
        "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
        "--videos.folder=" + folder,
        "--aiml.base-url=" + mock.baseUrl(),
        "--aiml.api-key=" + mock.apiKey());
  }

  private static void note(ApplicationEvent event) {
    if (event instanceof PayloadApplicationEvent<?> payload
        && payload.getPayload() instanceof BatchRow row) ended.add(row);
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
    postgres.close();
  }

  @Test
  void aRowGetsItsVideoOnceThoughTheServiceRestarts() throws Exception {
    assertThat(put("fox", FOX).statusCode()).isEqualTo(202);
    service.close();
    service = startService();
    HttpResponse<String> again = put("fox", FOX);
    BatchRow row = ended.poll(60, TimeUnit.SECONDS);

    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(row).isNotNull();
    assertThat(row.state()).isEqualTo(RowState.SAVED);
    assertThat(folder.resolve("fox.mp4")).isNotEmptyFile();
    assertThat(mock.creates()).hasSize(1);
    assertThat(JsonParser.parseString(get("fox").body()).getAsJsonObject().get("location"))
        .hasToString("\"" + folder.resolve("fox.mp4") + "\"");
  }

  @Test
  void anotherRequestUnderTheSameNameIsRefused() throws Exception {
    put("owl", FOX);
    ended.poll(60, TimeUnit.SECONDS);

    HttpResponse<String> other = put("owl", FOX.replace("walks", "sleeps"));

    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(other.body()).contains("another request was added under this name");
  }

  @Test
  void aNameThatNoFileCanHaveIsRefused() throws Exception {
    assertThat(put(".fox", FOX).statusCode()).isEqualTo(400);
    assertThat(get(".fox").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> put(String name, String json) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(uri(name))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String name) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(uri(name)).build(), BodyHandlers.ofString());
  }

  private static URI uri(String name) {
    String port = service.getEnvironment().getProperty("local.server.port");
    return URI.create("http://127.0.0.1:" + port + "/videos/" + name);
  }
}
