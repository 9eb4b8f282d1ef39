package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowProblem;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.internal.database.Database;
import io.github.aimlvideo.batch.internal.database.Session;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The rows and creates of a batch at one moment; none if there is no batch. */
public final class BatchSnapshot {
  private final String name;
  private final Path folder;
  private final RequestText text;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private CreditBudget budget = new CreditBudget(List.of());
  private Optional<String> server = Optional.empty();

  private BatchSnapshot(String name, Path folder, RequestText text) {
    this.name = name;
    this.folder = folder;
    this.text = text;
  }

  /** Of a folder, which need not exist. */
  public static BatchSnapshot of(Path folder) {
    BatchSnapshot snapshot =
        new BatchSnapshot(
            ProgressReader.DEFAULT_NAME, folder, new RequestText(Optional.of(folder)));
    if (Files.exists(folder.resolve(BatchFile.NAME))) {
      ProgressReader.inFile(
          folder,
          database -> {
            database.execute(snapshot::read);
            return true;
          });
    }
    return snapshot;
  }

  /** Of a database, which need not have tables. */
  public static BatchSnapshot of(DataSource dataSource, String name, Path folder) {
    BatchSnapshot snapshot = new BatchSnapshot(name, folder, new RequestText(Optional.empty()));
    Database.readOnlyIfMade(dataSource).ifPresent(database -> database.execute(snapshot::read));
    return snapshot;
  }

  private void read(Session session) throws SQLException {
    String sql = "select server from video_batches where batch = ?";
    server = session.first(sql, row -> row.getString(1), name);
    for (Row row : new RowTable(name).all(session)) rows.put(row.key, row);
    budget = new CreditBudget(new CreateTable(name).groups(session));
  }

  /** Refuses a batch of another server. */
  public void checkServer(String baseUrl) {
    server.ifPresent(it -> CreateLimits.checkServer(name, it, baseUrl));
  }

  /** What a caller sees of all rows, in the order in which they were added. */
  public List<BatchRow> views() {
    return rows.values().stream().map(Row::view).toList();
  }

  /** As {@link RequestedRows#problems}. */
  public Map<String, RowProblem> problems(Map<String, ? extends VideoRequest> requests) {
    Map<String, RowProblem> problems = new LinkedHashMap<>();
    Set<String> keys = new HashSet<>();
    requests.forEach(
        (name, request) -> {
          Row wanted = wanted(name, request);
          Optional<Row> found = Optional.ofNullable(rows.get(wanted.key));
          RowProblem problem =
              keys.add(wanted.key)
                  ? RequestedRows.problem(wanted, found, this::isTaken, false)
                  : RowProblem.SAME_NAME;
          if (problem != null) problems.put(name, problem);
        });
    return problems;
  }

  private boolean isTaken(String name) {
    return Files.exists(folder.resolve(name + ".mp4"), LinkOption.NOFOLLOW_LINKS);
  }

  private Row wanted(String name, VideoRequest request) {
    Row row = new Row(Row.key(name), name, 0);
    text.set(row, request, ImageTable::hash);
    return row;
  }

  /** What the prices of rows that are to be created may depend on, by their names. */
  public Map<String, VideoRequest> newRequests() {
    Map<String, VideoRequest> requests = new LinkedHashMap<>();
    rows.values().stream()
        .filter(row -> row.state == RowState.NEW)
        .forEach(row -> requests.put(row.name, RequestStore.withoutImages(row)));
    return requests;
  }

  /** Whether a create was sent whose cost cannot be expected. */
  public boolean isCostUnknown() {
    return budget.isCostUnknown();
  }

  /** What the most expensive create of a kind has cost. */
  public Optional<Cost> knownCost(VideoRequest request) {
    return budget.price(wanted("any", request).kind, null).map(Cost::ofCredits);
  }

  /** What all creates have cost, or will cost at most; empty if that is not known. */
  public Optional<Cost> spent() {
    return budget.committed().map(Cost::ofCredits);
  }
}
