package io.github.aimlvideo.bench;

import io.github.aimlvideo.bench.Row.Place;
import io.github.aimlvideo.bench.server.LocalServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures the rows that are named, or all of them, and reports. */
final class Bench {
  private Bench() {}

  /** Takes {@code --quick}, and the names of rows; the folder it runs in is the project's. */
  public static void main(String[] args) throws Exception {
    List<String> names = new ArrayList<>(List.of(args));
    boolean quick = names.remove("--quick");
    Path root = Path.of("").toAbsolutePath();
    Path folder = Files.createDirectories(root.resolve("target/bench"));
    Place place = new Place(root, Files.createDirectories(folder.resolve("scratch")));
    List<Finding> findings = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (Row row : rows(quick, names)) {
      try (LocalServer server = LocalServer.start()) {
        row.measure(place, server);
      } catch (Exception e) {
        e.printStackTrace();
        failed.add(row.name());
      }
      findings.addAll(row.findings());
    }
    for (Finding f : findings)
      System.out.println(
          f.row()
              + " | "
              + f.what()
              + " | "
              + f.peer()
              + " | "
              + f.figure()
              + " | "
              + f.limit()
              + " | "
              + f.verdict());
    System.exit(failed.isEmpty() && findings.stream().allMatch(Finding::isMet) ? 0 : 1);
  }

  private static List<Row> rows(boolean quick, List<String> names) {
    List<Row> all = new ArrayList<>(List.of(new CreateLookRow(quick), new FlightRow(quick)));
    all.add(new LongFlightRow());
    if (!names.isEmpty()) all.removeIf(row -> !names.contains(row.name()));
    return all;
  }
}
