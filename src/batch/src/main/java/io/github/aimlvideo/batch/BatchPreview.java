package io.github.aimlvideo.batch;

import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.batch.internal.store.BatchSnapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What a batch would do with rows, by its database at one moment. Reads it once, beside its
 * workers, without a client, and changes nothing: no folder, file or table is made, no image is
 * copied. A batch that does not exist yet has no rows. Immutable.
 */
public final class BatchPreview {
  private final BatchSnapshot batch;

  private BatchPreview(BatchSnapshot batch) {
    this.batch = batch;
  }

  /**
   * Of the batch in a folder, which need not exist.
   *
   * @throws BatchException if its database cannot be read
   */
  public static BatchPreview inFolder(Path folder) {
    return new BatchPreview(BatchSnapshot.of(Objects.requireNonNull(folder, "folder")));
  }

  /**
   * Of a batch in a PostgreSQL database, which need not have its tables.
   *
   * @param folder where its videos would go
   * @throws BatchException if the database cannot be read
   */
  public static BatchPreview on(DataSource dataSource, String name, Path folder) {
    Objects.requireNonNull(name, "name");
    return new BatchPreview(BatchSnapshot.of(dataSource, name, folder));
  }

  /**
   * Refuses a batch that belongs to another server, as a batch does.
   *
   * @throws BatchException if it does
   */
  public void checkServer(String baseUrl) {
    batch.checkServer(baseUrl);
  }

  /** All rows in the order in which they were added. */
  public List<BatchRow> rows() {
    return batch.views();
  }

  /** Why {@link VideoBatch#addAll} would refuse rows, by their names; empty if it would not. */
  public Map<String, RowProblem> problems(Map<String, ? extends VideoRequest> requests) {
    return batch.problems(requests);
  }

  /**
   * What the most expensive create with the same model and settings has cost; empty if that is not
   * known.
   */
  public Optional<Cost> knownCost(VideoRequest request) {
    return batch.knownCost(request);
  }

  /** The requests of all rows not sent yet, without their images, by their names. */
  public Map<String, VideoRequest> newRequests() {
    return batch.newRequests();
  }

  /** Whether the cost of an earlier create is not known, so that no limit can be promised. */
  public boolean isCostUnknown() {
    return batch.isCostUnknown();
  }

  /**
   * What all creates have cost, or will cost at most by the quotes of when they were sent; empty if
   * that is not known.
   */
  public Optional<Cost> spent() {
    return batch.spent();
  }
}
