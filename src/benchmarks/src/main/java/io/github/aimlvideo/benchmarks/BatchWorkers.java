package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.benchmarks.server.Control;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The workers of one batch, each in a process of its own; the first one has added the rows. */
final class BatchWorkers implements AutoCloseable {
  private static final List<String> HEAP = List.of("-Xmx256m");

  private final Control control;
  private final int rows;
  private final Path folder;
  private final List<Fork> forks = new ArrayList<>();

  /** Starts one worker on a file, or one for each URL of a database. */
  BatchWorkers(Control control, int rows, Path folder, List<String> urls) throws IOException {
    this.control = control;
    this.rows = rows;
    this.folder = folder;
    try {
      for (int i = 0; i < Math.max(1, urls.size()); i++) {
        List<Object> args = new ArrayList<>(List.of(folder, control.url(), i == 0 ? rows : 0));
        if (!urls.isEmpty()) args.add(urls.get(i));
        forks.add(Fork.java(BatchRun.class, HEAP, args.toArray()));
        forks.get(i).next();
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Lets all work at once until nothing is left, and returns what they used and did together. */
  JsonObject work(Consumer<String> progress) throws IOException {
    ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    try {
      watch.scheduleAtFixedRate(() -> progress.accept(state()), 10, 10, TimeUnit.SECONDS);
      forks.forEach(fork -> fork.tell("work"));
      JsonObject sum = forks.get(0).next();
      for (Fork fork : forks.subList(1, forks.size())) add(sum, fork.next());
      check(sum);
      return sum;
    } finally {
      watch.shutdownNow();
    }
  }

  private String state() {
    JsonObject stats = control.stats();
    return "%,d of %,d created, %,d completed"
        .formatted(stats.get("created").getAsInt(), rows, stats.get("noticed").getAsInt());
  }

  /** CPU adds up; of the rest, the worst worker counts. */
  private static void add(JsonObject sum, JsonObject worker) {
    for (String name : List.copyOf(worker.keySet())) {
      double before = sum.get(name).getAsDouble();
      double value = worker.get(name).getAsDouble();
      sum.addProperty(name, name.equals("cpuSeconds") ? before + value : Math.max(before, value));
    }
  }

  /** Whether the work was done, by the database, the folder and the server. */
  private void check(JsonObject sum) throws IOException {
    JsonObject stats = control.stats();
    int created = stats.get("created").getAsInt();
    double saved = Math.min(sum.get("saved").getAsDouble(), videos());
    double seconds = sum.get("seconds").getAsDouble();
    sum.addProperty("notSaved", rows - saved);
    sum.addProperty("wrongCreates", Math.abs(created - rows));
    sum.addProperty("rowsPerSecond", saved / seconds);
    double steps = created + stats.get("polls").getAsInt() + saved;
    sum.addProperty("stepsPerSecond", steps / seconds);
    sum.addProperty("cpuMillis", 1000 * sum.get("cpuSeconds").getAsDouble() / rows);
    sum.addProperty("addMillis", 1000 * sum.get("addSeconds").getAsDouble() / rows);
  }

  private long videos() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".mp4")).count();
    }
  }

  @Override
  public void close() {
    forks.forEach(Fork::close);
  }
}
