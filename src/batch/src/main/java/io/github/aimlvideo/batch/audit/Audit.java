package io.github.aimlvideo.batch.audit;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.account.Account;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.account.LogQuery;
import io.github.aimlvideo.account.LoggedRequest;
import io.github.aimlvideo.account.Transaction;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.internal.history.BatchHistory;
import io.github.aimlvideo.batch.internal.history.SentCreate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a batch has generated against the logs and the ledger of its account, also while the
 * batch runs. It changes nothing. Immutable.
 * <!-- audit of src/examples/src/main/java/examples/PriceAndProof.java -->
 *
 * <pre>{@code
 * AuditReport report = Audit.inFolder(folder).run(client.account());
 * report.problems().forEach(entry -> System.out.println(entry.verdict() + " " + entry.row()));
 * }</pre>
 */
public final class Audit {
  /** What the logs cover at most. */
  private static final Duration MAX_LOGS = Duration.ofDays(92);

  /** Clocks of hosts may be off by minutes, and charges at the border must not be lost. */
  private static final Duration SLACK = Duration.ofHours(1);

  private final @Nullable Supplier<BatchHistory> history;
  private final @Nullable Path folder;
  private final Duration period;
  private final String server;

  private Audit(
      @Nullable Supplier<BatchHistory> history,
      @Nullable Path folder,
      Duration period,
      String server) {
    this.history = history;
    this.folder = folder;
    this.period = period;
    this.server = server;
  }

  private static Audit of(Supplier<BatchHistory> history, @Nullable Path folder) {
    return new Audit(history, folder, Duration.ZERO, "");
  }

  /** Of the batch in a folder. A video {@code NAME.mp4} that is gone from it is not saved. */
  public static Audit inFolder(Path folder) {
    Objects.requireNonNull(folder, "folder");
    return of(() -> BatchHistory.read(folder), folder);
  }

  /**
   * Of a batch in a PostgreSQL database. Its videos may be on other hosts, so they are not checked.
   */
  public static Audit on(DataSource dataSource, String name) {
    Objects.requireNonNull(dataSource, "dataSource");
    Objects.requireNonNull(name, "name");
    return of(() -> BatchHistory.read(dataSource, name), null);
  }

  /**
   * Of an account without a batch: its logs against its ledger, for all models.
   *
   * @param period until now
   * @throws IllegalArgumentException if the period is not positive, or longer than the 92 days that
   *     the logs cover
   */
  public static Audit ofAccount(Duration period) {
    LogQuery.last(period);
    return new Audit(null, null, period, "");
  }

  /**
   * The base URL of the account's server, as ids are only valid there: {@link #run} refuses a batch
   * of another one. By default, it is not checked.
   */
  public Audit server(String baseUrl) {
    Objects.requireNonNull(baseUrl, "baseUrl");
    return new Audit(history, folder, period, baseUrl);
  }

  /**
   * Reads the batch, then the logs, then the ledger. It reads the logs of the last 92 days at most,
   * and all of the ledger since the first create. Blocks.
   *
   * @throws BatchException if there is no such batch, or it cannot be read
   * @throws ApiException if the logs or the ledger cannot be read to their end
   */
  public AuditReport run(Account account) {
    return history == null ? account(account) : batch(account, history.get());
  }

  private AuditReport batch(Account account, BatchHistory batch) {
    checkServer(batch);
    Optional<Instant> first =
        batch.creates().stream().map(SentCreate::sentAt).min(Comparator.naturalOrder());
    Instant here = Instant.now();
    if (first.isEmpty()) return new AuditReport(List.of(), here, here, 0, Cost.ZERO);
    Instant now = serverTime(account);
    Duration offset = Duration.between(here, now);
    Instant from = begin(first.get(), offset, now);
    List<LoggedRequest> logs = logs(account, Duration.between(from, now));
    List<Transaction> ledger = account.transactions(from, null);
    List<Generation> generations = new BatchGenerations(batch, folder, offset).all();
    return new Auditor(logs, ledger, now).batch(generations, from);
  }

  /**
   * Before a create by the clock of the server, which that of the batch may be ahead of now, or was
   * if the create is in the future.
   */
  static Instant begin(Instant create, Duration offset, Instant now) {
    Instant sent = offset.isNegative() ? create.plus(offset) : create;
    Duration ahead = Duration.between(now, sent);
    return (ahead.isNegative() ? sent : now.minus(ahead)).minus(SLACK);
  }

  private void checkServer(BatchHistory batch) {
    if (server.isEmpty() || batch.server().isEmpty() || server.equals(batch.server())) return;
    String message = "the batch belongs to the server " + batch.server() + ", not to " + server;
    throw new BatchException(BatchException.Reason.OTHER_SERVER, message, null);
  }

  /** The logs begin earlier than the ledger: a late charge may be of an earlier generation. */
  private AuditReport account(Account account) {
    Instant now = serverTime(account);
    List<LoggedRequest> logs = logs(account, period.plus(AuditReport.RECENT));
    Instant from = now.minus(period);
    return new Auditor(logs, account.transactions(from, null), now).account(from);
  }

  private static List<LoggedRequest> logs(Account account, Duration period) {
    return account.logs(LogQuery.last(period.compareTo(MAX_LOGS) > 0 ? MAX_LOGS : period));
  }

  /** The time of the server, or that of this machine if the balance does not come. */
  private Instant serverTime(Account account) {
    try {
      return account.balance().at().orElseGet(Instant::now);
    } catch (ApiException e) {
      if (e.status() == 401 || e.status() == 403) throw e;
      return Instant.now();
    }
  }
}
