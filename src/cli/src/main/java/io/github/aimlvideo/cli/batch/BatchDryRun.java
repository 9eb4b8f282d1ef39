package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.batch.BatchPreview;
import io.github.aimlvideo.batch.RowProblem;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.batch.UnknownPriceException;
import io.github.aimlvideo.cli.CommonOptions;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.batch.manifest.Manifest;
import io.github.aimlvideo.cli.batch.price.DryRun;
import io.github.aimlvideo.cli.batch.price.Estimate;
import io.github.aimlvideo.cli.terminal.Progress;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    Map<String, VideoRequest> toCreate = new LinkedHashMap<>();
    Map<String, String> kept =
        check(retryFailed, replaceChanged, options.resubmitsUnknown(), toCreate);
    kept.forEach(
        (name, reason) -> progress.print(TerminalText.line(rows.place(name) + ": " + reason)));
    Estimate estimate = Estimate.of(client, batch, toCreate);
    DryRun dryRun =
        DryRun.of(rows.manifest().size(), estimate, batch.spent(), options.budget(), client);
    if (json) out.println(TerminalText.whole(dryRun.toJson().toString()));
    else dryRun.lines(rows::place).forEach(line -> out.println(TerminalText.line(line)));
    int code = dryRun.exitCode();
    return code == 0 && !kept.isEmpty() ? ExitCode.FAILED : code;
  }

  /**
   * Returns the changed rows that keep their earlier requests, with the reasons.
   *
   * @param toCreate receives the requests of the manifest that a run would create
   */
  private Map<String, String> check(
      boolean retryFailed,
      boolean replaceChanged,
      boolean resubmitUnknown,
      Map<String, VideoRequest> toCreate) {
    Set<String> replaced = new HashSet<>();
    Map<String, RowProblem> problems = batch.problems(rows.requests(List.of()));
    Map<String, String> kept =
        RowChanges.check(rows, problems, retryFailed, replaceChanged, replaced);
    rows.requests(kept.keySet())
        .forEach(
            (name, request) -> {
              RowState state = rows.state(name);
              boolean isNew =
                  state == RowState.NEW
                      || state == RowState.FAILED && retryFailed
                      || state == RowState.UNKNOWN && resubmitUnknown;
              if (isNew || replaced.contains(name)) toCreate.put(name, request);
            });
    return kept;
  }

  /**
   * Checks the prices of what a run would create, before anything is changed for it.
   *
   * @throws UnknownPriceException if one is not known
   * @throws Manifest.InvalidManifestException if the run would refuse the rows
   */
  void checkPrices(VideoClient client, boolean retryFailed, boolean replaceChanged) {
    Map<String, VideoRequest> toCreate = new LinkedHashMap<>();
    check(retryFailed, replaceChanged, false, toCreate); // an unknown one may be found in the logs
    if (options.isShared()) batch.newRequests().forEach(toCreate::putIfAbsent);
    if (toCreate.isEmpty()) return;
    if (batch.isCostUnknown()) throw new UnknownPriceException("the limit");
    Map<String, String> unknown = Estimate.of(client, batch, toCreate).unknown();
    Optional<Map.Entry<String, String>> first = unknown.entrySet().stream().findFirst();
    if (first.isPresent())
      throw new UnknownPriceException("the limit", first.get().getKey(), first.get().getValue());
  }
}
