package io.github.aimlvideo.benchmarks;

import io.github.aimlvideo.benchmarks.server.LocalServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cold start of the command line, beside a JVM that says hello. */
final class StartRow extends Row {
  private static final String HELLO = "hello";
  private static final String OURS = "aiml-video";

  private final int rounds;

  StartRow(boolean quick) {
    super("start");
    rounds = quick ? 5 : 20;
  }

  @Override
  void measure(Place place, LocalServer server) throws Exception {
    server.control().video(1000); // every generation is completed at once
    Path video = place.scratch().resolve("start.mp4");
    Map<String, List<String>> commands = commands(place.root(), server.url(), video);
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int i = 0; i <= rounds; i++) {
      progress("round " + i + " of " + rounds);
      for (var command : commands.entrySet()) {
        Files.deleteIfExists(video);
        double seconds = seconds(command.getValue());
        // the first round warms the caches
        if (i > 0) times.computeIfAbsent(command.getKey(), c -> new ArrayList<>()).add(seconds);
      }
    }
    double hello = Samples.median(times.remove(HELLO));
    tell("start", HELLO, 1000 * hello, " ms");
    times.forEach((what, each) -> tell(what, OURS, 1000 * Samples.median(each), " ms"));
    times.forEach(
        (what, each) ->
            judgeAtMost(1.5, what + " to hello", OURS, Samples.median(each) / hello, " times"));
  }

  private static Map<String, List<String>> commands(Path root, String url, Path video) {
    String tool = root.resolve("scripts/aiml-video").toString();
    String image = root.resolve("mock/sample.jpg").toString();
    String classes = root.resolve("src/benchmarks/target/bench/classes").toString();
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put(HELLO, List.of(Fork.JAVA, "-cp", classes, Hello.class.getName()));
    commands.put("--version", List.of(tool, "--version"));
    commands.put("--help", List.of(tool, "--help"));
    commands.put(
        "generate",
        List.of(tool, "generate", image, "-p", "dawn", "-o", video.toString(), "--base-url", url));
    return commands;
  }

  private static double seconds(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("AIML_API_KEY", "any");
    builder
        .environment()
        .put("XDG_CACHE_HOME", Path.of("src/benchmarks/target/bench/cache").toAbsolutePath() + "");
    builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
    long begin = System.nanoTime();
    int exit = builder.start().waitFor();
    if (exit != 0) throw new IOException(command + " exits with " + exit);
    return (System.nanoTime() - begin) / 1e9;
  }
}
