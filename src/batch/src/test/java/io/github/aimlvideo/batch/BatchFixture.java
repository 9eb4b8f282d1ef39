package io.github.aimlvideo.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.fixture.PostgresServer;
import io.github.aimlvideo.batch.fixture.Where;
import io.github.aimlvideo.batch.internal.store.Timing;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** A server, a client of it, and a batch in a folder or in PostgreSQL; with short times. */
public final class BatchFixture implements AutoCloseable {
  /** A worker is dead after 1.2 s of silence. */
  public static final Timing TIMING =
      new Timing(
          Duration.ofMillis(200),
          Duration.ofSeconds(2),
          Duration.ofMillis(200),
          Duration.ofMillis(100),
          Duration.ofMinutes(1),
          Duration.ofSeconds(20));

  public static final PollPolicy POLLS = PollPolicy.DEFAULT.withInterval(Duration.ofMillis(100));

  private static final Duration LIMIT = Duration.ofSeconds(30);

  public final FakeApi api = new FakeApi();
  public final VideoClient client = client(api.url());
  public final String name = PostgresServer.newBatch();
  private final Path folder;
  private final HikariDataSource database;

  public BatchFixture(Where where, Path folder) {
    this.folder = folder;
    database = where == Where.POSTGRES ? PostgresServer.shared() : null;
  }

  public static VideoClient client(String url) {
    return VideoClient.builder()
        .apiKey("key")
        .baseUrl(url)
        .retryPolicy(RetryPolicy.DEFAULT.withMaxAttempts(1))
        .recoveryTimeout(Duration.ZERO)
        .build();
  }

  public VideoBatchBuilder builder() {
    return database == null ? quick(VideoBatch.inFolder(folder)) : on(database);
  }

  public VideoBatchBuilder on(DataSource dataSource) {
    return quick(VideoBatch.on(dataSource).folder(folder));
  }

  private VideoBatchBuilder quick(VideoBatchBuilder builder) {
    return builder.name(name).client(client).timing(TIMING).pollPolicy(POLLS);
  }

  public Path video(String row) {
    return folder.resolve(row + ".mp4");
  }

  public DataSource database() {
    return database;
  }

  public static VideoRequest request(String prompt) {
    return new KlingVideoV1StandardImageToVideoRequest()
        .imageUrl(Image.url("https://example.com/fox.jpg"))
        .prompt(prompt);
  }

  /** Rows {@code r0, r1, ...} with the prompts {@code p0, p1, ...}. */
  public static Map<String, VideoRequest> requests(int rows) {
    Map<String, VideoRequest> requests = new LinkedHashMap<>();
    for (int i = 0; i < rows; i++) requests.put("r" + i, request("p" + i));
    return requests;
  }

  /** Waits for a condition. */
  public static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting until " + what).isLessThan(end);
      Thread.sleep(10);
    }
  }

  @Override
  public void close() {
    client.close();
    api.close();
    if (database != null) database.close();
  }
}
