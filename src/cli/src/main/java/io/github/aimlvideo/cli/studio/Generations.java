package io.github.aimlvideo.cli.studio;

import com.google.gson.JsonObject;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowProblem;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.cli.batch.DatabaseError;
import io.github.aimlvideo.cli.studio.OpenRows.Settings;
import io.github.aimlvideo.cli.studio.http.EventStream;
import io.github.aimlvideo.cli.studio.http.HttpFailure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The generations of a folder, as durable rows. A row is added once whatever the page repeats, and
 * one change is made at a time.
 */
final class Generations implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Settings settings;
  private final GenerationList list;
  private final EventStream events = new EventStream(this::snapshot, HEARTBEAT);
  private volatile @Nullable OpenRows open;
  private volatile List<BatchRow> known = List.of();
  private boolean closed;

  Generations(Settings settings) {
    this.settings = settings;
    list = new GenerationList(settings);
  }

  /** For the pages. */
  EventStream events() {
    return events;
  }

  /** What the page shows of the rows. */
  GenerationList list() {
    return list;
  }

  /**
   * Resumes the rows of an earlier time, if there are any.
   *
   * @throws BatchException if the folder cannot be used
   */
  synchronized void resume() {
    if (settings.hasRows()) opened();
  }

  /**
   * Adds a generation, which is sent once; adding it again changes nothing. Like each change, it
   * sends nothing if it fails.
   *
   * @param archive of its request
   * @return whether it is sent now, as it was not before
   * @throws HttpFailure if another one has the name, or there is no key
   * @throws IllegalArgumentException if the request is invalid
   */
  synchronized boolean add(String name, RequestArchive archive) {
    checkKey();
    VideoRequest typed = archive.request().toTyped();
    OpenRows rows = opened();
    RowProblem problem = rows.batch.problems(Map.of(name, typed)).get(name);
    if (problem == RowProblem.INVALID_NAME) throw new HttpFailure(400, problem.message());
    if (problem != null) throw taken(name, name + ": " + reason(problem));
    Optional<BatchRow> row = rows.batch.row(name);
    if (row.isPresent()) return row.get().state() == RowState.NEW && send(rows, name);
    settings
        .folder()
        .save(name, archive)
        .ifPresent(
            other -> {
              throw taken(name, other);
            });
    rows.batch.add(name, typed);
    return send(rows, name);
  }

  /** Whether adding a generation would send it. */
  boolean isUnsent(String name) {
    OpenRows rows = open;
    return rows().stream()
        .filter(row -> row.name().equals(name))
        .allMatch(row -> rows != null && rows.events.isUnsent(row));
  }

  private static String reason(RowProblem problem) {
    return problem == RowProblem.CHANGED
        ? "another request has this name; choose another name"
        : problem.message() + "; choose another name";
  }

  private HttpFailure taken(String name, String message) {
    return new HttpFailure(409, message, nextName(name.replaceFirst("-\\d+$", "")));
  }

  /**
   * Creates a generation that has failed, or was not sent yet.
   *
   * @param attempts how many the page has seen: pressed twice, it creates once
   */
  synchronized void retry(String name, int attempts) {
    checkKey();
    OpenRows rows = opened();
    checkAttempts(rows, name, attempts);
    boolean isNew = rows.batch.row(name).filter(row -> row.state() == RowState.NEW).isPresent();
    if (!isNew) {
      rows.events.forget(name);
      if (!rows.batch.retry(name)) throw notNow(name, "has not failed");
    }
    send(rows, name);
  }

  /** Resumes a generation that was given up for now; it creates none. */
  synchronized void resume(String name) {
    checkKey();
    OpenRows rows = opened();
    if (!rows.events.isSuspended(name)) throw notNow(name, "is under way or has ended");
    rows.resume();
    events.changed();
  }

  /** Forgets a generation that was not sent; its request stays in its file. */
  synchronized void remove(String name) {
    OpenRows rows = opened();
    if (!rows.batch.remove(name)) throw notNow(name, "has been sent");
    rows.events.forget(name);
    events.changed();
  }

  /**
   * Creates a generation again whose outcome is unknown; it may be charged twice.
   *
   * @param attempts as for {@link #retry}
   */
  synchronized void resubmit(String name, int attempts) {
    checkKey();
    OpenRows rows = opened();
    checkAttempts(rows, name, attempts);
    if (rows.batch.isSearching(name)) {
      String message = "the vendor's logs are being searched for " + name + "; wait for the result";
      throw new HttpFailure(409, message);
    }
    if (!rows.batch.resubmit(name)) throw notNow(name, "has a known outcome");
    send(rows, name);
  }

  private static void checkAttempts(OpenRows rows, String name, int attempts) {
    if (rows.batch.row(name).filter(row -> row.attempts() != attempts).isPresent()) {
      throw notNow(name, "was created again meanwhile");
    }
  }

  private static HttpFailure notNow(String name, String state) {
    return new HttpFailure(409, name + " " + state + "; reload the page");
  }

  private void checkKey() {
    if (settings.hasKey()) return;
    throw new HttpFailure(403, "no API key; set AIML_API_KEY and start the studio again");
  }

  /**
   * Sends a new row. Creates stop when the key or the credits do; a person who asks again may have
   * seen to that. The last step: whatever fails before has sent nothing.
   */
  private boolean send(OpenRows rows, String name) {
    if (rows.events.stopped().isPresent() || rows.events.isSuspended(name)) rows.resume();
    boolean isFirst = rows.events.request(name);
    events.changed();
    return isFirst;
  }

  private OpenRows opened() {
    if (closed) throw new HttpFailure(503, "the studio is shutting down");
    OpenRows rows = open;
    if (rows == null) {
      rows = new OpenRows(settings, events::changed);
      open = rows;
    }
    Optional<String> failure = failure(rows);
    if (failure.isPresent()) throw new HttpFailure(500, failure.get());
    return rows;
  }

  /** Why the worker can do nothing more. */
  private Optional<String> failure(OpenRows rows) {
    return rows.batch.failure().map(e -> message(e) + "; then restart the studio");
  }

  /** All rows, the oldest first; as they were last if the database fails. */
  private List<BatchRow> rows() {
    read();
    return known;
  }

  /** Reads the rows; returns why that fails. */
  private Optional<String> read() {
    OpenRows rows = open;
    if (rows == null) return Optional.empty();
    try {
      known = rows.batch.rows();
      return Optional.empty();
    } catch (BatchException e) {
      return open == rows ? Optional.of(message(e)) : Optional.empty(); // else it was closed
    }
  }

  /** The id of a generation as soon as the server has said it, recorded or not. */
  Optional<String> id(BatchRow row) {
    OpenRows rows = open;
    return rows == null ? row.generationId() : rows.events.id(row);
  }

  /** What is wrong with the database, for a person. */
  String message(BatchException e) {
    return DatabaseError.message(e, settings.folder().database().toString());
  }

  /**
   * A row by its name.
   *
   * @throws HttpFailure if there is none
   */
  BatchRow row(String name) {
    return rows().stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new HttpFailure(404, "no such generation: " + name));
  }

  private JsonObject snapshot() {
    OpenRows rows = open;
    Optional<String> failing = read();
    JsonObject json = list.toJson(known, rows);
    Optional<String> stopped =
        rows == null ? failing : failure(rows).or(() -> failing).or(rows.events::stopped);
    stopped.ifPresent(message -> json.addProperty("stopped", message));
    if (rows != null) rows.events.warning().ifPresent(it -> json.addProperty("warning", it));
    return json;
  }

  /** The first name that is free: {@code fox-1}, {@code fox-2} and so on. */
  String nextName(String base) {
    Set<String> rows =
        rows().stream().map(row -> row.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return settings.folder().nextName(base, rows);
  }

  /**
   * Ends the work within a few seconds; what was created keeps running.
   *
   * @return the rows that have not ended
   */
  synchronized List<BatchRow> stop() {
    closed = true;
    events.close();
    OpenRows rows = open;
    if (rows == null) return List.of();
    rows.stop();
    return rows().stream()
        .filter(row -> !row.state().isEnd() || row.state() == RowState.UNKNOWN)
        .toList();
  }

  @Override
  public synchronized void close() {
    closed = true;
    events.close();
    OpenRows rows = open;
    open = null;
    if (rows != null) rows.close();
  }
}
