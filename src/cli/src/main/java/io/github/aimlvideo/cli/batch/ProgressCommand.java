package io.github.aimlvideo.cli.batch;

import com.google.gson.JsonObject;
import com.zaxxer.hikari.HikariDataSource;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchProgress;
import io.github.aimlvideo.batch.BatchSummary;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.terminal.Progress;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how far a batch has come, also while it runs. */
@Command(
    name = "progress",
    description = {
      "Show how far a batch has come, also while it runs.",
      "Prints how many rows are in which state, the cost and the time left. It changes nothing",
      "and needs no key."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 shown, 2 no batch or wrong usage, 5 the database cannot be read.",
      "",
      "Examples:",
      "  aiml-video progress --out videos",
      "  aiml-video progress --db \"jdbc:postgresql://db.example.com/videos?user=me\" --json",
    })
public final class ProgressCommand implements Callable<Integer> {
  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Folder of the batch, unless it is in a database.")
  private @Nullable Path folder;

  @Mixin private DatabaseOptions database;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String place = String.valueOf(folder);
    EngineLog.show(false);
    try {
      database.check();
      Optional<DatabaseUrl> url = database.database();
      if (url.isPresent()) place = url.get().toString();
      BatchProgress progress = url.isPresent() ? read(url.get()) : BatchProgress.inFolder(folder());
      if (json) out.println(json(progress));
      else text(progress).forEach(out::println);
      return 0;
    } catch (IllegalArgumentException e) {
      return end(ExitCode.USAGE, ErrorMessage.of(e));
    } catch (BatchException e) {
      return end(DatabaseError.exitCode(e), DatabaseError.place(e, place));
    }
  }

  private Path folder() {
    if (folder == null) throw new IllegalArgumentException("missing --out or --db");
    return folder;
  }

  private BatchProgress read(DatabaseUrl url) {
    try (HikariDataSource source = url.open()) {
      return BatchProgress.on(source, database.batch());
    }
  }

  private int end(int code, String message) {
    spec.commandLine().getErr().println("aiml-video: " + TerminalText.message(message));
    return code;
  }

  /** How many rows are in which state, in the words of the results. */
  private static Map<String, Long> counts(BatchSummary summary) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("completed", summary.count(RowState.SAVED));
    counts.put("failed", summary.count(RowState.FAILED));
    counts.put("unknown", summary.count(RowState.UNKNOWN));
    counts.put("running", summary.count(RowState.RUNNING) + summary.count(RowState.COMPLETED));
    counts.put("creating", summary.count(RowState.CREATING));
    counts.put("unsent", summary.count(RowState.NEW));
    return counts;
  }

  private static List<String> text(BatchProgress progress) {
    BatchSummary summary = progress.summary();
    String rows =
        counts(summary).entrySet().stream()
            .filter(state -> state.getValue() > 0)
            .map(state -> state.getValue() + " " + state.getKey())
            .collect(Collectors.joining(", "));
    String atLeast = summary.unknownCosts() == 0 ? "" : "at least ";
    List<String> lines = new ArrayList<>();
    lines.add(summary.total() == 0 ? "no rows" : summary.total() + " rows: " + rows);
    lines.add("cost: " + atLeast + summary.cost());
    if (summary.boughtTwice() > 0) lines.add("bought twice: " + summary.boughtTwice());
    progress.timeLeft().ifPresent(left -> lines.add("time left: about " + Progress.clock(left)));
    return lines;
  }

  private static JsonObject json(BatchProgress progress) {
    BatchSummary summary = progress.summary();
    JsonObject json = new JsonObject();
    json.addProperty("rows", summary.total());
    counts(summary).forEach(json::addProperty);
    json.addProperty("creditsUsed", summary.cost().credits());
    json.addProperty("usdSpent", summary.cost().usd());
    json.addProperty("unknownCosts", summary.unknownCosts());
    json.addProperty("boughtTwice", summary.boughtTwice());
    progress.timeLeft().ifPresent(left -> json.addProperty("secondsLeft", left.toSeconds()));
    return json;
  }
}
