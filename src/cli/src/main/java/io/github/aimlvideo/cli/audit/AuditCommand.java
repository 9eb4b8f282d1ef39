package io.github.aimlvideo.cli.audit;

import com.zaxxer.hikari.HikariDataSource;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.account.Account;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.audit.Audit;
import io.github.aimlvideo.batch.audit.AuditReport;
import io.github.aimlvideo.cli.DurationText;
import io.github.aimlvideo.cli.ServerOptions;
import io.github.aimlvideo.cli.account.QueryRunner;
import io.github.aimlvideo.cli.batch.DatabaseError;
import io.github.aimlvideo.cli.batch.DatabaseOptions;
import io.github.aimlvideo.cli.batch.DatabaseUrl;
import io.github.aimlvideo.cli.batch.EngineLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds a batch, or an account, against the vendor's logs and ledger. */
@Command(
    name = "audit",
    description = {
      "Check the charges of a batch, or of the account, against the ledger.",
      "Prints what needs attention first, each with what helps, then counts and sums. It changes",
      "nothing, and a batch may run meanwhile. A charge comes some time after the generation has",
      "completed: one that is missing after 24 hours needs attention."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Verdicts: charge without a row, charged twice, charged although failed, charged, video not",
      "saved, charged other than reported, not charged yet, unknown, running, ok. Several charges of",
      "one generation are one if they add up to the reported cost. Videos of a batch in a database are",
      "not checked; with --since, the logs stand for the rows.",
      "",
      "Exit codes: 0 all is well, 1 something needs attention, 2 no batch or wrong usage, 4 key",
      "missing, invalid or not allowed, 5 the ledger, the logs or the database cannot be read.",
      "",
      "Examples:",
      "  aiml-video audit --out videos",
      "  aiml-video audit --db \"jdbc:postgresql://db.example.com/videos?user=me\" --json",
      "  aiml-video audit --since 7d",
    })
public final class AuditCommand implements Callable<Integer> {
  private static final Duration MIN_PERIOD = Duration.ofHours(1);
  private static final Duration MAX_PERIOD = Duration.ofDays(91);

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Folder of the videos, and of the batch unless it is in a database.")
  private @Nullable Path folder;

  @Mixin private DatabaseOptions database;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "The account without a batch, so far back: 1h to 91d, such as 7d.")
  private @Nullable Duration since;

  @Mixin private ServerOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    EngineLog.show(options.verbose());
    QueryRunner runner = new QueryRunner(spec, options);
    return runner.run(() -> audit(runner));
  }

  private AuditResult audit(QueryRunner runner) {
    check();
    try (VideoClient client = options.builder().build()) {
      Help help = new Help(folder, options.baseUrl());
      return new AuditResult(runner, report(client.account()), help);
    }
  }

  private AuditReport report(Account account) {
    if (since != null) return Audit.ofAccount(since).run(account);
    Optional<DatabaseUrl> url = database.database();
    try {
      return url.isPresent() ? run(url.get(), account) : run(Audit.inFolder(folder()), account);
    } catch (BatchException e) {
      String place = url.map(DatabaseUrl::toString).orElseGet(() -> folder().toString());
      throw new BatchException(e.reason(), DatabaseError.place(e, place), e);
    }
  }

  private AuditReport run(DatabaseUrl url, Account account) {
    try (HikariDataSource source = url.open()) {
      return run(Audit.on(source, database.batch()), account);
    }
  }

  private AuditReport run(Audit audit, Account account) {
    return audit.server(options.server()).run(account);
  }

  private Path folder() {
    if (folder == null) throw new IllegalArgumentException("missing --out, --db or --since");
    return folder;
  }

  /** The account, although the environment may name a database; or a batch. */
  private void check() {
    if (since != null) DurationText.check("--since", since, MIN_PERIOD, MAX_PERIOD);
    if (folder != null && since != null) throw several("--out", "--since");
    if (since != null && database.isGiven()) throw several("--db", "--since");
    if (since == null) database.check();
  }

  private static IllegalArgumentException several(String one, String other) {
    return new IllegalArgumentException(one + " and " + other + " are two audits; choose one");
  }
}
