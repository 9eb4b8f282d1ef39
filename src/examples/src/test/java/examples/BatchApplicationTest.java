package examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import examples.springbatch.BatchApplication;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.testing.VideoApiMockExtension;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/** The Spring Boot service with a batch in PostgreSQL, over HTTP. */
@ResourceLock("Spring Boot") // sets up the log of the process
class BatchApplicationTest {
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  private static final String FOX =
      "{\"imageUrl\": \"https://example.com/fox.jpg\", \"prompt\": \"The fox walks.\"}";

  @TempDir static Path temp;
  private static Path folder;
  private static final BlockingQueue<BatchRow> ended = new LinkedBlockingQueue<>();
  private static EmbeddedPostgres postgres;
  private static Service service;

  @BeforeAll
  static void start() throws IOException {
    folder = temp.resolve("videos"); // made by the batch
    postgres = EmbeddedPostgres.start();
    service = startService();
  }

  private static Service startService() {
    SpringApplication application = new SpringApplication(BatchApplication.class);
    application.addListeners((ApplicationListener<ApplicationEvent>) BatchApplicationTest::note);
    return Service.start(
        application,
        mock,
        temp.resolve("tomcat"),
        "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
        "--videos.folder=" + folder);
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
    return service.send("PUT", "/videos/" + name, json);
  }

  private static HttpResponse<String> get(String name) throws Exception {
    return service.get("/videos/" + name);
  }
}
