package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.Forked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code scripts/aiml-video} in a checkout with a jar, and with a java that notes its arguments.
 */
@Timeout(60)
class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      echo "$*" >>"$0.log"
      for word; do
        case $word in
          -XX:ArchiveClassesAtExit=*) new=${word#*=} ;;
          *.Training) [ ! -f "$0.fails" ] && echo archive >"$new" && exit; exit 1 ;;
        esac
      done
      echo answer
      """;

  @TempDir private Path root;

  @BeforeEach
  void checkOut() throws IOException {
    for (String folder : List.of("scripts", "src/main", "openapi", "target")) {
      Files.createDirectories(root.resolve(folder));
    }
    Files.copy(Path.of("scripts/aiml-video"), root.resolve("scripts/aiml-video"));
    for (String file : List.of("pom.xml", "openapi/client.yaml", "target/aiml-video.jar")) {
      Files.createFile(root.resolve(file));
    }
    age("src/main", 3);
    age("pom.xml", 3);
    age("openapi/client.yaml", 3);
    age("target/aiml-video.jar", 2);
  }

  @Test
  void archiveIsMadeOnceForEachJavaAndUsedThen() throws Exception {
    for (String java : List.of("one", "two")) {
      Path log = install(java);
      run(java);
      while (archives().stream().noneMatch(archive -> archive.contains(java))) Thread.onSpinWait();

      run(java);
      run(java);

      List<String> runs = Files.readAllLines(log);
      assertThat(runs).hasSize(5).filteredOn(run -> run.contains("Training")).hasSize(1);
      assertThat(runs.subList(3, 5))
          .allMatch(run -> run.contains("-XX:SharedArchiveFile=") && run.endsWith(" films"));
    }
  }

  @Test
  void newJarAndNewJavaGetNewArchives() throws Exception {
    Path log = install("java");
    run("java");
    while (archives().isEmpty()) Thread.onSpinWait();

    for (String changed : List.of("target/aiml-video.jar", "java/bin/java")) {
      long trainings = trainings(log);
      Files.setLastModifiedTime(root.resolve(changed), FileTime.from(Instant.now()));
      run("java");
      while (trainings(log) == trainings || archives().isEmpty()) Thread.onSpinWait();
    }
  }

  @Test
  void programIsToldThatErrorsGoToNoTerminal() throws Exception {
    Path log = install("java");

    run("java");

    assertThat(Files.readString(log)).contains(" -Daiml-video.terminal=no ");
  }

  @Test
  void archiveThatCannotBeMadeIsTriedOnce() throws Exception {
    Path log = install("java");
    Files.createFile(root.resolve("java/bin/java.fails"));
    run("java");
    while (trainings(log) == 0) Thread.onSpinWait();

    run("java");
    run("java");

    assertThat(trainings(log)).isEqualTo(1);
    assertThat(Files.readString(log)).doesNotContain("SharedArchiveFile");
  }

  @Test
  void archiveThatCannotBeWrittenIsDoneWithout() throws Exception {
    String tooLong = "j".repeat(250);
    Path log = install(tooLong);

    run(tooLong);
    run(tooLong);

    assertThat(Files.readAllLines(log)).hasSize(2).noneMatch(run -> run.contains("Archive"));
  }

  @Test
  void trainingSucceedsAndLeavesNothing() throws IOException {
    List<String> options = List.of("-Djava.io.tmpdir=" + root.resolve("target"));
    try (Forked run = Forked.start(root, "key", options, Training.class)) {
      assertThat(run.exitCode()).as(run.err()).isZero();
    }
    assertThat(root.resolve("target")).isDirectoryNotContaining("glob:**aiml-video[0-9]*");
  }

  /** Returns its log. */
  private Path install(String name) throws IOException {
    Path java = root.resolve(name).resolve("bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, JAVA);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    age(root.relativize(java).toString(), 4);
    return java.resolveSibling("java.log");
  }

  private void run(String java) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(root.resolve("scripts/aiml-video") + "", "films");
    builder.environment().put("JAVA_HOME", root.resolve(java).toString());
    Process process = builder.redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes())).isEqualTo("answer\n");
    assertThat(process.waitFor()).isZero();
  }

  /** Those that are done. */
  private List<String> archives() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("target"))) {
      return files
          .filter(file -> file.toString().endsWith(".jsa") && file.toFile().length() > 0)
          .map(Path::toString)
          .toList();
    }
  }

  private static long trainings(Path log) throws IOException {
    return Files.readAllLines(log).stream().filter(run -> run.endsWith("Training")).count();
  }

  private void age(String file, int hours) throws IOException {
    FileTime time = FileTime.from(Instant.now().minus(Duration.ofHours(hours)));
    Files.setLastModifiedTime(root.resolve(file), time);
  }
}
