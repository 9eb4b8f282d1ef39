package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import com.zaxxer.hikari.HikariDataSource;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.VideoBatch;
import io.github.aimlvideo.batch.VideoBatchBuilder;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A worker of a batch: adds rows, and works when it reads a line, until nothing is left. */
final class BatchRun {
  static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int MAX_IN_FLIGHT = 1000;
  private static final int CHUNK = 1000;

  private final PeakHeap heap = new PeakHeap();
  private final JsonObject measured = new JsonObject();

  private BatchRun() {}

  /** Takes a folder, the server, how many rows to add, and the URL of a database unless a file. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int rows = Integer.parseInt(args[2]);
    try (HikariDataSource database = args.length == 3 ? null : pool(args[3]);
        VideoClient client =
            VideoClient.builder()
                .apiKey("key")
                .baseUrl(args[1])
                .recoveryTimeout(Duration.ZERO)
                .build()) {
      BatchRun run = new BatchRun();
      try (VideoBatch batch = open(folder, database, client)) {
        run.add(batch, rows);
        System.out.println("{}");
        System.in.read();
        run.work(batch);
      }
      run.reopen(folder, database, client);
      System.out.println(run.measured);
    }
    System.exit(0);
  }

  private static HikariDataSource pool(String url) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setMaximumPoolSize(10);
    return pool;
  }

  private static VideoBatch open(Path folder, HikariDataSource database, VideoClient client) {
    VideoBatchBuilder builder =
        database == null ? VideoBatch.inFolder(folder) : VideoBatch.on(database).folder(folder);
    return builder
        .client(client)
        .maxInFlight(MAX_IN_FLIGHT)
        .pollPolicy(PollPolicy.DEFAULT.withInterval(INTERVAL))
        .build();
  }

  private void add(VideoBatch batch, int rows) {
    long begin = System.nanoTime();
    for (int from = 0; from < rows; from += CHUNK) {
      Map<String, VideoRequest> requests = new LinkedHashMap<>();
      for (int i = from; i < Math.min(rows, from + CHUNK); i++)
        requests.put("video-" + i, request(i));
      batch.addAll(requests);
    }
    measured.addProperty("addSeconds", secondsSince(begin));
  }

  private static VideoRequest request(int number) {
    return new KlingVideoV1StandardImageToVideoRequest()
        .imageUrl(Image.url("https://example.com/images/" + number + ".jpg"))
        .prompt("A fox runs through the snow, number " + number + ".");
  }

  private void work(VideoBatch batch) throws Exception {
    double cpu = Usage.cpuSeconds();
    long begin = System.nanoTime();
    BatchSummary summary = batch.run();
    measured.addProperty("seconds", secondsSince(begin));
    measured.addProperty("cpuSeconds", Usage.cpuSeconds() - cpu);
    measured.addProperty("saved", summary.count(RowState.SAVED));
    measured.addProperty("threads", ManagementFactory.getThreadMXBean().getPeakThreadCount());
    measured.addProperty("heap", heap.bytes());
  }

  /** A start reads and checks all records. */
  private void reopen(Path folder, HikariDataSource database, VideoClient client) throws Exception {
    long begin = System.nanoTime();
    open(folder, database, client).close();
    measured.addProperty("openSeconds", secondsSince(begin));
    measured.addProperty("openHeap", heap.bytes());
    measured.addProperty("resident", Usage.residentBytes());
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
