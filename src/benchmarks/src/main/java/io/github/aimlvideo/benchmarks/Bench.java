package io.github.aimlvideo.benchmarks;

import io.github.aimlvideo.benchmarks.report.Environment;
import io.github.aimlvideo.benchmarks.report.Finding;
import io.github.aimlvideo.benchmarks.report.Report;
import io.github.aimlvideo.benchmarks.server.LocalServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures rows and reports what they find. Runs in the project's folder. */
final class Bench {
  private static final Path RESULTS = Path.of("src/benchmarks/RESULTS.md");

  private final boolean quick;
  private final int rounds;
  private final int batchRows;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> failedRows = new ArrayList<>();

  private Bench(boolean quick, int rounds, int batchRows) {
    this.quick = quick;
    this.rounds = rounds;
    this.batchRows = batchRows;
  }

  /** Takes the options of scripts/bench and the names of rows. */
  public static void main(String[] args) throws Exception {
    List<String> names = new ArrayList<>(List.of(args));
    boolean quick = names.remove("--quick");
    boolean record = names.remove("--record");
    String rounds = removeOption(names, "--rounds");
    String batchRows = removeOption(names, "--rows");
    String client = removeOption(names, "--client"); // it is on the class path already
    Environment environment = Environment.current();
    Bench bench =
        new Bench(
            quick,
            rounds == null ? 0 : Integer.parseInt(rounds),
            batchRows == null ? (quick ? 1_000 : 10_000) : Integer.parseInt(batchRows));
    for (Row row : rows(quick, client != null, names)) bench.measure(row);

    String command = ("scripts/bench " + String.join(" ", args)).trim();
    Report report = Report.of(command, environment, bench.findings, bench.failedRows);
    System.out.println(report.table());
    if (quick) System.out.println("A quick run; its figures are no record.");
    if (environment.isBusy())
      System.out.println("The machine was busy before the run; trust ratios only.");
    report.writeJson(Row.FOLDER.resolve("results.json"));
    if (record) report.writeMarkdown(RESULTS);
    System.exit(report.isAllMet() ? 0 : 1);
  }

  private static String removeOption(List<String> args, String name) {
    int at = args.indexOf(name);
    if (at < 0) return null;
    args.remove(at);
    return args.remove(at);
  }

  private static List<Row> rows(boolean quick, boolean otherClient, List<String> names) {
    List<Row> rows = new ArrayList<>();
    rows.add(new CreatePollRow());
    rows.add(new InFlightRow());
    if (!quick || names.contains("in-flight-100k")) rows.add(new InFlight100kRow());
    if (!otherClient && (!quick || names.contains("batch"))) rows.add(new BatchRow());
    rows.add(TransferRow.image());
    rows.add(TransferRow.video());
    if (!otherClient) rows.add(new StartRow());
    if (!otherClient && (!quick || names.contains("build"))) rows.add(new BuildRow());
    if (!names.isEmpty()) rows.removeIf(row -> !names.contains(row.name()));
    return rows;
  }

  /** A row that fails is reported, and the others are measured. */
  private void measure(Row row) {
    try (LocalServer server = LocalServer.start()) {
      row.measure(new Row.Context(server, quick, rounds, batchRows));
    } catch (Exception e) {
      e.printStackTrace();
      failedRows.add(row.name());
    }
    findings.addAll(row.findings());
  }
}
