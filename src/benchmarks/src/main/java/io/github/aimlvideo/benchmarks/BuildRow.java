package io.github.aimlvideo.benchmarks;

import io.github.aimlvideo.benchmarks.server.LocalServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A clean build with warm caches, and all tests, in a copy of the project. */
final class BuildRow extends Row {
  private static final int ROUNDS = 5;
  private static final String OURS = "aiml-video";

  BuildRow() {
    super("build");
  }

  @Override
  void measure(Place place, LocalServer server) throws Exception {
    Path copy = copy(place);
    List<Double> builds = new ArrayList<>();
    for (int i = 0; i <= ROUNDS; i++) {
      progress("build " + i + " of " + ROUNDS);
      double seconds = maven(copy, "clean", "package", "-DskipTests");
      if (i > 0) builds.add(seconds); // the first warms the caches
    }
    progress("tests");
    double tests = maven(copy, "verify");
    judgeAtMost(40, "clean build without tests", OURS, Samples.median(builds), " s");
    judgeAtMost(300, "verify, with all tests", OURS, tests, " s");
  }

  /** Every file that git knows or would add, as it is now. */
  private static Path copy(Place place) throws IOException, InterruptedException {
    Path copy = place.scratch().resolve("copy");
    Process git =
        new ProcessBuilder("git", "ls-files", "-z", "-co", "--exclude-standard")
            .directory(place.root().toFile())
            .redirectError(Redirect.INHERIT)
            .start();
    String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (git.waitFor() != 0) throw new IOException("no files from git");
    new ProcessBuilder("rm", "-rf", copy.toString()).start().waitFor();
    for (String name : names.split("\0")) {
      if (!Files.isRegularFile(place.root().resolve(name))) continue;
      Files.createDirectories(copy.resolve(name).getParent());
      Files.copy(
          place.root().resolve(name), copy.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
    return copy;
  }

  private static double maven(Path folder, String... goals)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("./mvnw", "-q", "-B", "-ntp"));
    command.addAll(List.of(goals));
    Path log = folder.resolveSibling("maven.log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    long begin = System.nanoTime();
    if (builder.start().waitFor() != 0) throw new IOException(command + " fails, see " + log);
    return (System.nanoTime() - begin) / 1e9;
  }
}
