package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.benchmarks.report.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Batches of 1,000 rows, 10,000 and so on, in an SQLite file with one worker, and on PostgreSQL
 * with two. Generations take up to 2 s and are polled every second; videos have 1 kB. A step is a
 * create, a poll or a download.
 */
final class BatchRow extends Row {
  private static final String SQLITE = "SQLite, 1 worker";
  private static final String POSTGRES = "PostgreSQL, 2 workers";
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final List<String> MEMORY = List.of("heap", "openHeap", "resident");
  private static final List<String> TABLE =
      List.of(
          "rowsPerSecond",
          "stepsPerSecond",
          "cpuMillis",
          "serverCpuMillis",
          "commits",
          "bytes",
          "heap",
          "resident",
          "openSeconds");

  private final Samples samples = new Samples();

  BatchRow() {
    super("batch");
  }

  @Override
  void measure(Context context) throws Exception {
    Path folder = Files.createTempDirectory("aiml-video-bench-");
    TreeSet<Integer> sizes = sizes(context.batchRows());
    int rounds = context.rounds(1);
    try (BatchServer database = BatchServer.start(folder.resolve("postgres"))) {
      for (int size : sizes) {
        for (int round = 1; round <= rounds; round++) {
          measureFile(context, size, folder.resolve("videos"));
          measureServer(context, size, folder.resolve("videos"), database);
        }
        reportSize(SQLITE, size);
        reportSize(POSTGRES, size);
      }
    } finally {
      delete(folder);
    }
    if (sizes.size() == 1) return;
    judgeGrowth(SQLITE, sizes.lower(sizes.last()), sizes.last());
    judgeGrowth(POSTGRES, sizes.lower(sizes.last()), sizes.last());
  }

  /** Powers of ten from 1,000, and the largest. */
  private static TreeSet<Integer> sizes(int largest) {
    TreeSet<Integer> sizes = new TreeSet<>(List.of(largest));
    for (int size = 1000; size < largest; size *= 10) sizes.add(size);
    return sizes;
  }

  private void measureFile(Context context, int size, Path folder) throws Exception {
    try (BatchWorkers workers = start(context, SQLITE, size, folder, List.of())) {
      JsonObject measured = workers.work(this::progress);
      measured.addProperty("bytes", (double) Files.size(folder.resolve("batch.db")) / size);
      keep(SQLITE, size, measured);
    } finally {
      delete(folder);
    }
  }

  private void measureServer(Context context, int size, Path folder, BatchServer database)
      throws Exception {
    String schema = "aiml_video_bench_" + size;
    String url = database.makeSchema(schema);
    try (BatchWorkers workers = start(context, POSTGRES, size, folder, List.of(url, url))) {
      double commits = database.commits();
      double log = database.logBytes();
      double cpu = database.cpuSeconds();
      JsonObject measured = workers.work(this::progress);
      measured.addProperty("serverCpuMillis", 1000 * (database.cpuSeconds() - cpu) / size);
      measured.addProperty("commits", (database.commits() - commits) / size);
      measured.addProperty("logBytes", (database.logBytes() - log) / size);
      measured.addProperty("bytes", database.bytes(schema) / size);
      keep(POSTGRES, size, measured);
    } finally {
      database.dropSchema(schema);
      delete(folder);
    }
  }

  private BatchWorkers start(Context context, String peer, int size, Path folder, List<String> urls)
      throws IOException {
    progress("%,d rows, %s".formatted(size, peer));
    var control = context.server().control();
    control.reset(BatchRun.INTERVAL, Duration.ZERO, LONGEST, false);
    return new BatchWorkers(control, size, folder, urls);
  }

  /** Prints a line of the hand-made table in RESULTS.md, too. */
  private void keep(String peer, int size, JsonObject measured) {
    samples.add(key(peer, size), measured);
    StringBuilder line = new StringBuilder("| %,d | %s |".formatted(size, peer));
    for (String name : TABLE) {
      double value = measured.has(name) ? measured.get(name).getAsDouble() : 0;
      line.append(" %,.1f |".formatted(MEMORY.contains(name) ? value / 1e6 : value));
    }
    progress(line.toString());
  }

  private static String key(String peer, int size) {
    return size + peer;
  }

  private void reportSize(String peer, int size) {
    String key = key(peer, size);
    String rows = "%,d rows: ".formatted(size);
    judgeWorst(0, rows + "without a video", peer, "", samples.of(key, "notSaved"));
    judgeWorst(0, rows + "creates missing or too many", peer, "", samples.of(key, "wrongCreates"));
    report(rows + "rows a second", peer, "", samples.of(key, "rowsPerSecond"));
    report(rows + "steps a second", peer, "", samples.of(key, "stepsPerSecond"));
    report(rows + "CPU of a row", peer, " ms", samples.of(key, "cpuMillis"));
    if (peer.equals(POSTGRES)) {
      report(rows + "server: CPU of a row", peer, " ms", samples.of(key, "serverCpuMillis"));
      report(rows + "server: commits of a row", peer, "", samples.of(key, "commits"));
      report(rows + "server: log of a row", peer, " B", samples.of(key, "logBytes"));
    }
    report(rows + "database of a row", peer, " B", samples.of(key, "bytes"));
    reportMegabytes(rows + "heap, after collections", peer, samples.of(key, "heap"));
    reportMegabytes(rows + "heap, opened again too", peer, samples.of(key, "openHeap"));
    reportMegabytes(rows + "resident", peer, samples.of(key, "resident"));
    reportWorst(rows + "threads of Java", peer, "", samples.of(key, "threads"));
    report(rows + "adding a row", peer, " ms", samples.of(key, "addMillis"));
    report(rows + "opening it again", peer, " s", samples.of(key, "openSeconds"));
  }

  private void reportMegabytes(String what, String peer, double[] bytes) {
    for (int i = 0; i < bytes.length; i++) bytes[i] /= 1e6;
    reportWorst(what, peer, " MB", bytes);
  }

  /** What a row costs must not depend on how many there are. */
  private void judgeGrowth(String peer, int size, int largest) {
    String what = "%,d rows to %,d: ".formatted(largest, size);
    String large = key(peer, largest);
    String small = key(peer, size);
    judge(1.2, what + "CPU of a row", peer, " times", samples.ratios(large, small, "cpuMillis"));
    report(what + "rows a second", peer, " times", samples.ratios(large, small, "rowsPerSecond"));
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
