package io.github.aimlvideo.batch;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.internal.steps.Worker;
import io.github.aimlvideo.batch.internal.store.BatchConfig;
import io.github.aimlvideo.batch.internal.store.BatchFile;
import io.github.aimlvideo.batch.internal.store.BatchStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Many generations that survive the process: each step is in a database before the next one begins.
 * A file in a folder is enough for one machine; on PostgreSQL, any number of workers share a batch.
 * <!-- batch of src/examples/src/main/java/examples/GenerateBatch.java -->
 *
 * <pre>{@code
 * try (VideoBatch batch =
 *     VideoBatch.inFolder(folder).client(client).maxInFlight(50).build()) { // or on(dataSource)
 *   batch.add("fox", request); // idempotent by name
 *   return batch.run(); // resumes where an earlier run ended
 * }
 * }</pre>
 *
 * <p>A create is sent at most once for a row: the row is marked before it, and a create whose
 * response is lost is searched for in the vendor's logs and never repeated, unless {@link
 * VideoBatchBuilder#resubmitUnknown} asks for it. Limits hold over all workers of a batch.
 *
 * <p>Safe for use by several threads; its own are daemons. Each change is a transaction of its own,
 * also within one of the caller's. Set {@link
 * io.github.aimlvideo.VideoClientBuilder#recoveryTimeout} of the client to zero: the batch searches
 * the logs by itself, without holding up other creates. Methods that use the database throw a
 * {@link BatchException} if it fails.
 */
public final class VideoBatch implements AutoCloseable {
  private final BatchStore store;
  private final Worker worker;
  private final Runnable onClose;

  private VideoBatch(BatchStore store, Worker worker, Runnable onClose) {
    this.store = store;
    this.worker = worker;
    this.onClose = onClose;
  }

  /**
   * A batch in the file {@code batch.db} of a folder, which one process has to itself. The folder
   * is made if missing; the videos go there too, unless there is a sink. An image in a file is not
   * copied: it is read when its row is sent.
   */
  public static VideoBatchBuilder inFolder(Path folder) {
    return new VideoBatchBuilder(null, Objects.requireNonNull(folder, "folder"));
  }

  /**
   * A batch in a PostgreSQL database, for any number of workers. Its tables are made where they are
   * missing. Images in files are copied to the database. The data source needs at least two
   * connections and is not closed.
   */
  public static VideoBatchBuilder on(DataSource dataSource) {
    return new VideoBatchBuilder(Objects.requireNonNull(dataSource, "dataSource"), null);
  }

  static VideoBatch open(
      BatchConfig config,
      BatchStore store,
      Function<GenerationListener, VideoClient> client,
      Runnable onClose) {
    return new VideoBatch(store, new Worker(config, store, client), onClose);
  }

  static VideoBatch open(
      BatchConfig config, Path folder, Function<GenerationListener, VideoClient> client) {
    BatchFile file = BatchFile.open(config, folder);
    try {
      return open(config, file.store(), client, file::close);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Adds a row; it is in the database when this returns. Adding it again changes nothing.
   *
   * @param name the name of the video without {@code .mp4}: 1 to 100 letters, digits, {@code .},
   *     {@code _} or {@code -}, unique in the batch whatever its case
   * @throws InvalidRowsException if the row has another request, the name is invalid, or a file
   *     that is not from the batch has it
   */
  public void add(String name, VideoRequest request) {
    addAll(Map.of(name, request));
  }

  /**
   * Adds rows in the order of the map, all or none. Rows are sent in the order in which they were
   * added.
   *
   * @throws InvalidRowsException with all problems
   */
  public void addAll(Map<String, ? extends VideoRequest> requests) {
    store.add(checked(requests), false);
  }

  /**
   * Adds rows; a row with another request gets this one and is created again. Its video stays until
   * the new one is whole.
   *
   * @throws InvalidRowsException with all problems, such as a row whose generation runs
   */
  public void replaceAll(Map<String, ? extends VideoRequest> requests) {
    store.add(checked(requests), true);
  }

  /** Why {@link #addAll} would refuse rows, by their names; empty if it would not. */
  public Map<String, RowProblem> problems(Map<String, ? extends VideoRequest> requests) {
    return store.problems(checked(requests), false);
  }

  private static Map<String, VideoRequest> checked(Map<String, ? extends VideoRequest> requests) {
    requests.forEach(
        (name, request) -> {
          Objects.requireNonNull(name, "name");
          Objects.requireNonNull(request, "request");
        });
    return java.util.Collections.unmodifiableMap(requests);
  }

  /** Creates a failed row again; false if it has not failed, or is not there. */
  public boolean retry(String name) {
    return store.retry(name);
  }

  /**
   * Creates a row again whose outcome is unknown, although it may be charged twice; false if it has
   * another state, or {@link #isSearching} is true. A response of the first create that comes
   * before the second is sent still counts.
   */
  public boolean resubmit(String name) {
    return !isSearching(name) && store.resubmit(name);
  }

  /** Whether this worker searches the logs for the last create of a row, or is about to. */
  public boolean isSearching(String name) {
    return worker.isSearching(name);
  }

  /** Forgets a row that has not been sent; false if it has been, or is not there. */
  public boolean remove(String name) {
    return store.remove(name);
  }

  /** A row as it is now. */
  public Optional<BatchRow> row(String name) {
    return store.row(name);
  }

  /** All rows in the order in which they were added, in memory. */
  public List<BatchRow> rows() {
    return store.all();
  }

  /** How far the batch has come, whoever works on it. */
  public BatchSummary summary() {
    return store.summary(worker.stopped());
  }

  /**
   * The limit of credits that suffices: what was spent, and the expected cost of all rows not sent
   * yet, by the prices that the limit has asked for. Empty if a price is not known.
   */
  public Optional<BigDecimal> creditsForNewRows() {
    return store.creditsForNewRows(worker.quotes());
  }

  /**
   * Checks the limit, as {@link #start} does. Reads the catalogue if there is one.
   *
   * @throws UnknownPriceException if the limit cannot be promised
   * @throws BatchException if the database fails
   */
  public void checkPrices() {
    store.checkPrices(worker::presentQuotes);
  }

  /**
   * Works in the background until {@link #close}, on rows that are added later too. Starting again
   * does nothing.
   *
   * @throws IllegalStateException if it is closed
   * @throws UnknownPriceException if the limit cannot be promised; nothing is sent
   * @throws BatchException if the database fails
   */
  public void start() {
    checkPrices();
    worker.start();
  }

  /**
   * Does what a new start of this worker would do, while it runs: resumes rows that were suspended,
   * searches again for creates whose outcome is unknown, and sends creates again after a stop. What
   * is under way is not disturbed.
   *
   * @throws IllegalStateException if it was not started, or is closed
   * @throws BatchException if the database fails, or {@link #failure} is there
   */
  public void resume() {
    worker.resume();
  }

  /** Why this worker can do nothing more, such as a database that is damaged. */
  public Optional<BatchException> failure() {
    return worker.failure();
  }

  /**
   * Works until nothing is left to do, here or by another worker, or until nothing more can be done
   * for now: {@link BatchSummary#stopped} says why. Starts, unless that has happened.
   *
   * @throws InterruptedException if the thread is interrupted; work continues until {@link #close}
   * @throws UnknownPriceException if the limit cannot be promised; nothing is sent
   * @throws BatchException if the database fails
   */
  public BatchSummary run() throws InterruptedException {
    start();
    worker.awaitEnd();
    return summary();
  }

  /**
   * Ends this worker: steps that are under way may finish within the shutdown timeout, creates
   * first. What was created keeps running; other workers continue it, or the next start resumes it.
   * Rows can still be read.
   */
  public void stop() {
    worker.close();
  }

  /**
   * Ends this worker, as {@link #stop} does, and releases the database. Closes neither the client
   * nor the data source.
   */
  @Override
  public void close() {
    stop();
    onClose.run();
  }
}
