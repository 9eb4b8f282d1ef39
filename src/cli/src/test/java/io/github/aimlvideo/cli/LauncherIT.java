package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/aiml-video} with the real jar on a real JVM, which prints nothing of its own. */
class LauncherIT {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");

  @TempDir private Path temp;
  private Path root;
  private Path jar;

  @BeforeEach
  void checkOut() throws IOException {
    root = temp.toRealPath();
    for (String file :
        List.of(
            "pom.xml",
            "openapi/client.yaml",
            "openapi/forms.json",
            "src/client/pom.xml",
            "src/batch/pom.xml",
            "src/cli/pom.xml")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.createFile(root.resolve(file));
    }
    for (String folder :
        List.of(
            "scripts",
            "src/client/src/main",
            "src/batch/src/main",
            "src/cli/src/main",
            "src/cli/target")) {
      Files.createDirectories(root.resolve(folder));
    }
    Path launcher = root.resolve("scripts/aiml-video");
    Files.copy(Path.of("../../scripts/aiml-video"), launcher);
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    jar = root.resolve("src/cli/target/aiml-video.jar");
    Files.copy(Path.of("target/aiml-video.jar"), jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
  }

  @Test
  void jvmPrintsNothing() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(run(root.resolve("scripts/aiml-video"), "--version"))
          .matches("aiml-video [^\n]+\n");
    }
  }

  @Test
  @EnabledForJreRange(minVersion = 19)
  void archiveFitsTheJar() throws Exception {
    run(root.resolve("scripts/aiml-video"), "--version");

    String option = "-XX:SharedArchiveFile=" + archive();
    assertThat(run(JAVA, "-Xshare:on", option, "-jar", jar.toString(), "--version"))
        .as("fails if the archive cannot be used")
        .startsWith("aiml-video ");
  }

  @Test
  @EnabledForJreRange(minVersion = 19)
  void damagedArchiveChangesNothing() throws Exception {
    String help = help();
    Path archive = archive();
    byte[] whole = Files.readAllBytes(archive);

    assertThat(help).startsWith("Usage: aiml-video generate ");
    for (byte[] damaged : damaged(whole)) {
      Files.delete(archive);
      Files.write(archive, damaged);
      assertThat(help()).isEqualTo(help);
    }
  }

  private static List<byte[]> damaged(byte[] whole) {
    int half = whole.length / 2;
    return List.of(
        new byte[0],
        "text".getBytes(StandardCharsets.UTF_8),
        Arrays.copyOf(whole, half),
        withZeros(whole, 0, 4096),
        withZeros(whole, half / 2, half),
        withZeros(whole, half, whole.length));
  }

  private static byte[] withZeros(byte[] whole, int from, int to) {
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, from, to, (byte) 0);
    return damaged;
  }

  private String help() throws Exception {
    return run(root.resolve("scripts/aiml-video"), "generate", "--help");
  }

  /** What a program prints to both streams. */
  private static String run(Path program, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private Path archive() throws IOException {
    try (Stream<Path> files = Files.list(jar.getParent())) {
      return files.filter(file -> file.toString().endsWith(".jsa")).findFirst().orElseThrow();
    }
  }
}
