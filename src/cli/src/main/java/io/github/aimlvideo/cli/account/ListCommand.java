package io.github.aimlvideo.cli.account;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.account.LogQuery;
import io.github.aimlvideo.account.LoggedRequest;
import io.github.aimlvideo.cli.DurationText;
import io.github.aimlvideo.cli.ServerOptions;
import io.github.aimlvideo.model.LogStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Lists the generations of the account from the vendor's logs. */
@Command(
    name = "list",
    description = {
      "List the generations of the account from the vendor's logs, the newest first.",
      "A generation may appear there only after it has ended; the logs also list other requests of",
      "the key to models. On a terminal the rows are in columns and times are local, else each row",
      "is one line: time with zone, id, status, cost in US dollars, model and client request id,",
      "with tabs between them."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 listed, 2 wrong usage, 4 key missing, invalid or not allowed,",
      "5 the logs cannot be read.",
      "",
      "Examples:",
      "  aiml-video list",
      "  aiml-video list --since 7d --status succeeded --model kling-video/v1/standard/image-to-video",
    })
public final class ListCommand implements Callable<Integer> {
  private static final Duration MIN_PERIOD = Duration.ofSeconds(1);
  private static final Duration MAX_PERIOD = Duration.ofDays(92);

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = {
        "How far back, at most 92d; rounded up to whole hours, such as 24h or 7d",
        "(default: 24h)."
      })
  private Duration since = Duration.ofHours(24);

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      converter = Status.class,
      completionCandidates = Statuses.class,
      description = "Only those with this final status: ${COMPLETION-CANDIDATES}.")
  private @Nullable LogStatus status;

  @Option(names = "--model", paramLabel = "NAME", description = "Only those of this model.")
  private @Nullable String model;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The most to list, 1 to 100000 (default: ${DEFAULT-VALUE}).")
  private int limit = 100;

  @Mixin private ServerOptions options;

  @Spec private CommandSpec spec;

  /** The final statuses of the logs. */
  static final class Statuses implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(LogStatus.values()).map(LogStatus::getValue).iterator();
    }
  }

  static final class Status implements ITypeConverter<LogStatus> {
    @Override
    public LogStatus convert(String text) {
      List<String> known = new ArrayList<>();
      for (LogStatus each : LogStatus.values()) {
        if (each.getValue().equals(text.toLowerCase(Locale.ROOT))) return each;
        known.add(each.getValue());
      }
      throw new TypeConversionException("'" + text + "' is not one of " + String.join(", ", known));
    }
  }

  @Override
  public Integer call() {
    QueryRunner runner = new QueryRunner(spec, options);
    return runner.run(
        () -> {
          check();
          try (VideoClient client = options.builder().build()) {
            // one more tells whether there are more
            List<LoggedRequest> found = client.account().logs(query().withLimit(limit + 1));
            return new LoggedRequests(runner, options.baseUrl(), since, limit, found);
          }
        });
  }

  private void check() {
    DurationText.check("--since", since, MIN_PERIOD, MAX_PERIOD);
    if (limit < 1 || limit > 100_000) {
      throw new IllegalArgumentException("--limit must be from 1 to 100000: " + limit);
    }
    if (model != null && model.isBlank()) throw new IllegalArgumentException("--model is blank");
  }

  private LogQuery query() {
    LogQuery query = LogQuery.last(since);
    if (status != null) query = query.withStatuses(List.of(status));
    return model == null ? query : query.withModels(List.of(model));
  }
}
