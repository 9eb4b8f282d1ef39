package io.github.aimlvideo.benchmarks;

import com.google.gson.JsonObject;
import io.github.aimlvideo.benchmarks.report.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whole commands from the launcher, on this JDK and on JDK 25: CPU and wall-clock time. */
final class StartRow extends Row {
  private static final String JUDGED = "generate on JDK 25";

  /** Bash prints the times of the command and all its children. */
  private static final String TIME = "TIMEFORMAT='%R %U %S'; time \"$@\" >/dev/null 2>&1";

  private static final Path VIDEO = FOLDER.resolve("start.mp4");

  private final Samples samples = new Samples();

  StartRow() {
    super("start");
  }

  @Override
  void measure(Context context) throws Exception {
    context.server().control().completeWith(1000);
    Map<String, String> homes = javaHomes();
    int rounds = context.rounds(20);
    for (int round = 0; round <= rounds; round++) {
      progress("round " + round + " of " + rounds);
      for (var home : homes.entrySet())
        for (List<String> command : commands(context.server().url())) {
          JsonObject measured = time(home.getValue(), command);
          String title = command.get(1) + " on JDK " + home.getKey();
          if (round > 0) samples.add(title, measured); // the first round fills caches
        }
    }
    samples.peers().forEach(this::report);
    if (!samples.peers().contains(JUDGED)) progress("no JDK 25, so the bar is not judged");
  }

  private void report(String command) {
    double[] cpu = samples.of(command, "cpu");
    if (command.equals(JUDGED)) judge(1.0, command + ", CPU", AIML_VIDEO, " s", cpu);
    else report(command + ", CPU", AIML_VIDEO, " s", cpu);
    report(command + ", elapsed", AIML_VIDEO, " s", samples.of(command, "elapsed"));
  }

  /** By feature version. */
  private static Map<String, String> javaHomes() throws IOException {
    Map<String, String> homes = new LinkedHashMap<>();
    homes.put(Runtime.version().feature() + "", System.getProperty("java.home"));
    List<Path> candidates = new ArrayList<>();
    String home = System.getenv("JAVA_HOME_25_X64");
    if (home != null) candidates.add(Path.of(home));
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed))
      try (Stream<Path> folders = Files.list(installed)) {
        folders.filter(folder -> folder.toString().contains("25")).forEach(candidates::add);
      }
    for (Path folder : candidates)
      if (Files.isExecutable(folder.resolve("bin/java"))) homes.putIfAbsent("25", folder + "");
    return homes;
  }

  private static List<List<String>> commands(String url) {
    String tool = Path.of("scripts/aiml-video").toAbsolutePath().toString();
    List<String> generate = new ArrayList<>(List.of(tool, "generate", "mock/sample.jpg"));
    generate.addAll(List.of("-p", "dawn", "-o", VIDEO.toString(), "--base-url", url));
    return List.of(generate, List.of(tool, "--version"), List.of(tool, "--help"));
  }

  private static JsonObject time(String javaHome, List<String> command)
      throws IOException, InterruptedException {
    Files.deleteIfExists(VIDEO);
    List<String> timed = new ArrayList<>(List.of("bash", "-c", TIME, "bash"));
    timed.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(timed);
    builder.environment().put("AIML_API_KEY", "any");
    builder.environment().put("JAVA_HOME", javaHome);
    builder.environment().put("XDG_CACHE_HOME", FOLDER.resolve("cache").toString());
    Process process = builder.start();
    String times = new String(process.getErrorStream().readAllBytes()).replace(',', '.').trim();
    if (process.waitFor() != 0) throw new IOException("failed: " + command);
    String[] seconds = times.split(" ");
    JsonObject measured = new JsonObject();
    measured.addProperty("elapsed", Double.parseDouble(seconds[0]));
    measured.addProperty("cpu", Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2]));
    return measured;
  }
}
