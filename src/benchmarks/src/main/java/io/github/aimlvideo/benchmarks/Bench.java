package io.github.aimlvideo.benchmarks;

import io.github.aimlvideo.benchmarks.Row.Place;
import io.github.aimlvideo.benchmarks.server.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures the rows that are named, or all of them, and reports. */
final class Bench {
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> failedRows = new ArrayList<>();

  private Bench() {}

  /** Takes {@code --quick}, and the names of rows; the folder it runs in is the project's. */
  public static void main(String[] args) throws Exception {
    List<String> names = new ArrayList<>(List.of(args));
    boolean quick = names.remove("--quick");
    Path root = Path.of("").toAbsolutePath();
    Path folder = Files.createDirectories(root.resolve("src/benchmarks/target/bench"));
    Place place = new Place(root, Files.createDirectories(folder.resolve("scratch")));
    Machine machine = Machine.here(); // its load too, before the run
    Bench bench = new Bench();
    for (Row row : rows(quick, names)) bench.measure(row, place);

    Results results = Results.of(List.of(args), machine, bench.findings, bench.failedRows);
    report(results, folder);
    if (args.length == 0)
      Files.writeString(root.resolve("src/benchmarks/RESULTS.md"), Table.markdown(results));
    System.exit(results.isAllMet() ? 0 : 1);
  }

  private static List<Row> rows(boolean quick, List<String> names) {
    List<Row> all = new ArrayList<>();
    all.add(new CreatePollRow(quick));
    all.add(new InFlightRow(quick));
    if (!quick || names.contains("in-flight-100k")) all.add(new InFlight100kRow());
    all.add(new ImageRow(quick));
    all.add(new VideoRow(quick));
    all.add(new StartRow(quick));
    if (!quick || names.contains("build")) all.add(new BuildRow());
    if (!names.isEmpty()) all.removeIf(row -> !names.contains(row.name()));
    return all;
  }

  /** A row that fails is told, and the others are measured. */
  private void measure(Row row, Place place) {
    try (LocalServer server = LocalServer.start()) {
      row.measure(place, server);
    } catch (Exception e) {
      e.printStackTrace();
      failedRows.add(row.name());
    }
    findings.addAll(row.findings());
  }

  private static void report(Results results, Path folder) throws IOException {
    results.writeTo(folder.resolve("results.json"));
    System.out.println(Table.of(results));
    if (results.quick()) System.out.println("A quick run: these are not the figures of record.");
    System.out.println("src/benchmarks/target/bench/results.json");
  }
}
