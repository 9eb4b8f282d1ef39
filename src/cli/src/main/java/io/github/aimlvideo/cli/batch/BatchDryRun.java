package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchPreview;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.UnknownPriceException;
import io.github.aimlvideo.cli.CommonOptions;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.batch.manifest.Manifest;
import io.github.aimlvideo.cli.batch.manifest.ManifestRow;
import io.github.aimlvideo.cli.batch.price.DryRun;
import io.github.aimlvideo.cli.batch.price.Estimate;
import io.github.aimlvideo.cli.terminal.Progress;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks all rows as a run does, and shows what they would cost. Sends and writes nothing. */
final class BatchDryRun {
  private final BatchOptions options;
  private final BatchRows rows;
  private final BatchPreview batch;

  BatchDryRun(BatchOptions options, CommonOptions common, BatchRows rows) {
    this.options = options;
    this.rows = rows;
    batch = options.preview();
    batch.checkServer(common.server());
    rows.read(batch.rows());
  }

  /**
   * Prints what a run would do.
   *
   * @throws Manifest.InvalidManifestException if it would refuse the rows
   */
  int run(
      VideoClient client,
      boolean retryFailed,
      boolean replaceChanged,
      boolean json,
      PrintWriter out,
      Progress progress) {
    Set<String> replaced = new HashSet<>();
    Map<String, String> kept =
        RowChanges.check(
            rows, batch.problems(rows.requests(List.of())), retryFailed, replaceChanged, replaced);
    kept.forEach(
        (name, reason) -> progress.print(TerminalText.line(rows.place(name) + ": " + reason)));
    List<ManifestRow> toCreate =
        rows.manifest().stream()
            .filter(row -> !kept.containsKey(row.name()))
            .filter(row -> replaced.contains(row.name()) || isNew(row.name(), retryFailed))
            .toList();
    Estimate estimate = Estimate.of(client, batch, toCreate);
    DryRun dryRun =
        DryRun.of(rows.manifest().size(), estimate, batch.spent(), options.budget(), client);
    if (json) out.println(TerminalText.whole(dryRun.toJson().toString()));
    else dryRun.lines(rows::place).forEach(line -> out.println(TerminalText.line(line)));
    int code = dryRun.exitCode();
    return code == 0 && !kept.isEmpty() ? ExitCode.FAILED : code;
  }

  private boolean isNew(String name, boolean retryFailed) {
    RowState state = rows.state(name);
    return state == RowState.NEW
        || state == RowState.FAILED && retryFailed
        || state == RowState.UNKNOWN && options.resubmitsUnknown();
  }

  /**
   * Checks the prices of a batch that does not exist yet, before anything is made for it.
   *
   * @throws UnknownPriceException if one is not known
   */
  void checkPrices(VideoClient client) {
    Map<String, String> unknown = Estimate.of(client, batch, rows.manifest()).unknown();
    Optional<Map.Entry<String, String>> first = unknown.entrySet().stream().findFirst();
    if (first.isPresent())
      throw new UnknownPriceException("the limit", first.get().getKey(), first.get().getValue());
  }
}
