package io.github.aimlvideo.benchmarks;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a run has found, as it is kept in results.json. */
record Results(
    String date,
    String command,
    boolean quick,
    Machine machine,
    Map<String, String> versions,
    List<Finding> findings,
    List<String> failedRows) {

  static Results of(
      List<String> args, Machine machine, List<Finding> findings, List<String> failedRows)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("scripts/bench"));
    command.addAll(args);
    return new Results(
        LocalDate.now().toString(),
        String.join(" ", command),
        args.contains("--quick"),
        machine,
        Versions.onClassPath(),
        findings,
        failedRows);
  }

  boolean isAllMet() {
    return failedRows.isEmpty() && findings.stream().allMatch(Finding::isMet);
  }

  void writeTo(Path file) throws IOException {
    String json = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(this);
    Files.writeString(file, json + "\n");
  }
}
