package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.cli.fixture.ForkedJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scripts/aiml-video} in a checkout where Maven and Java only log their arguments. */
@Execution(ExecutionMode.CONCURRENT)
class LauncherTest {
  private static final String JAR = "src/cli/target/aiml-video.jar";

  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$MAVEN_USER_HOME $*" >>maven.log
      echo half >src/cli/target/aiml-video.jar
      if [ -f hang ]; then echo $$ >pid; exec tail -f /dev/null; fi
      if [ -f fail ]; then echo 'compiler error'; exit 1; fi
      """;

  /** Logs where it runs, its locale and its arguments; makes an archive if asked to. */
  private static final String JAVA =
      """
      #!/bin/sh
      echo "$PWD $LC_ALL $*" >>"$0.log"
      for word; do
        case $word in
          -XX:ArchiveClassesAtExit=*)
            if [ -f "$0.hang" ]; then echo $$ >"$0.pid"; exec tail -f /dev/null; fi
            if [ ! -f "$0.fail" ]; then echo archive >"${word#*=}"; fi
            exit 5 ;;
        esac
      done
      echo output
      """;

  @TempDir private Path temp;
  private Path root;

  @BeforeEach
  void checkOut() throws IOException {
    root = Files.createDirectory(temp.resolve("check out")).toRealPath();
    for (String file :
        List.of(
            "pom.xml",
            "openapi/client.yaml",
            "openapi/forms.json",
            "src/client/pom.xml",
            "src/client/src/main/java/A.java",
            "src/batch/pom.xml",
            "src/batch/src/main/java/C.java",
            "src/cli/pom.xml",
            "src/cli/src/main/java/B.java",
            "src/cli/src/test/java/BTest.java",
            JAR)) {
      write(file, "");
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.toList()) age(file, file.endsWith("aiml-video.jar") ? 2 : 3);
    }
    write("mvnw", MAVEN);
    write("scripts/aiml-video", Files.readString(Path.of("../../scripts/aiml-video")));
    install("java one", "25.0.3");
    install("java two", "19");
  }

  @Test
  void currentJarIsNotBuilt() throws Exception {
    touch("src/cli/src/test/java/BTest.java");

    assertThat(run("status", "a b").output()).isEqualTo("output\n");

    assertThat(root.resolve("maven.log")).doesNotExist();
    assertThat(log("java one"))
        .last()
        .asString()
        .endsWith(" -jar " + root + "/" + JAR + " status a b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        "openapi/client.yaml",
        "openapi/forms.json",
        "src/client/pom.xml",
        "src/client/src/main/java/A.java",
        "src/batch/src/main/java/C.java",
        "src/cli/pom.xml",
        "src/cli/src/main/java/B.java",
      })
  void changedSourceIsBuiltOnce(String source) throws Exception {
    touch(source);

    Run first = run("status");
    Run second = run("status");

    assertThat(first.output()).startsWith("aiml-video: building " + JAR).endsWith("\noutput\n");
    assertThat(second.output()).isEqualTo("output\n");
    assertThat(Files.readAllLines(root.resolve("maven.log")))
        .singleElement()
        .asString()
        .contains("-pl src/cli -am ")
        .endsWith(" package");
  }

  /** Even root cannot write there. */
  @ParameterizedTest
  @ValueSource(strings = {"/dev/null", "/proc/none", ""})
  void homeThatCannotBeWrittenIsReplaced(String home) throws Exception {
    touch("pom.xml");
    Path temporary = Files.createDirectory(temp.resolve("my temp"));

    Run run = run(Map.of("HOME", home, "TMPDIR", temporary.toString()), "status");

    assertThat(run.code()).isZero();
    assertThat(Files.readString(root.resolve("maven.log")))
        .matches("(?s)(" + temporary + "/tmp\\.\\w+) -Dmaven.repo.local=\\1/repository -q .*");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void homeIsUsed() throws Exception {
    touch("pom.xml");

    run(Map.of("HOME", temp.toString()), "status");

    assertThat(root.resolve("maven.log")).content().doesNotContain("maven.repo.local");
  }

  @Test
  void missingJarIsBuilt() throws Exception {
    Files.delete(root.resolve(JAR));

    assertThat(run("status").code()).isZero();

    assertThat(root.resolve("maven.log")).exists();
  }

  @Test
  void failedBuildIsExitCode5AndLeavesNoJar() throws Exception {
    touch("pom.xml");
    write("fail", "");

    Run run = run("status");

    assertThat(run.code()).isEqualTo(5);
    assertThat(run.output()).endsWith("\ncompiler error\naiml-video: the build failed\n");
    assertThat(root.resolve(JAR)).doesNotExist();
    assertThat(log("java one")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void signalEndsTheBuildAndLeavesNoJar(String signal, int code) throws Exception {
    touch("pom.xml");
    write("hang", "");
    Process launcher = start(root.resolve("scripts/aiml-video"), Map.of(), "status");

    ProcessHandle build = awaitProcess(root.resolve("pid"), launcher);
    signal(signal, launcher);

    assertThat(end(launcher).code()).isEqualTo(code);
    assertThat(build.isAlive()).isFalse();
    assertThat(root.resolve(JAR)).doesNotExist();
    assertThat(log("java one")).isEmpty();
  }

  @Test
  void archiveIsMadeOnceForEachVersionAndUsed() throws Exception {
    for (String java : List.of("java one", "java two")) {
      Map<String, String> environment = Map.of("JAVA_HOME", root.resolve(java).toString());
      for (int i = 0; i < 2; i++) {
        assertThat(run(environment, "status").output()).isEqualTo("output\n");
      }

      assertThat(log(java)).hasSize(3);
      assertThat(log(java).get(0)).contains("-XX:ArchiveClassesAtExit=");
      assertThat(log(java).subList(1, 3)).allMatch(run -> run.contains("-XX:SharedArchiveFile="));
    }
    assertThat(archives()).hasSize(2).allMatch(file -> file.toString().endsWith(".jsa"));
  }

  @Test
  void newJarGetsANewArchive() throws Exception {
    run("status");
    age(archives().get(0), 1);

    touch(JAR);
    run("status");

    assertThat(log("java one")).filteredOn(run -> run.contains("ArchiveClassesAtExit")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"17.0.15", "18", "1.8.0_462", ""})
  void olderJavaHasNoArchive(String version) throws Exception {
    install("java one", version);

    assertThat(run("status").output()).isEqualTo("output\n");

    assertThat(log("java one")).singleElement().asString().doesNotContain("Archive");
  }

  @Test
  void archiveThatCannotBeMadeIsTriedOnce() throws Exception {
    write("java one/bin/java.fail", "");

    assertThat(run("status").output()).isEqualTo("output\n");
    assertThat(run("status").output()).isEqualTo("output\n");

    assertThat(log("java one")).filteredOn(run -> run.contains("ArchiveClassesAtExit")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void signalDuringTheArchiveKeepsTheCommandFromRunning(String signal, int code) throws Exception {
    write("java one/bin/java.hang", "");
    Process launcher = start(root.resolve("scripts/aiml-video"), Map.of(), "generate");

    ProcessHandle java = awaitProcess(root.resolve("java one/bin/java.pid"), launcher);
    signal(signal, launcher);

    assertThat(end(launcher).code()).isEqualTo(code);
    assertThat(java.isAlive()).isFalse();
    assertThat(log("java one")).hasSize(1);
    assertThat(archives()).isEmpty();
    assertThat(root.resolve(JAR)).exists();
  }

  @Test
  void symbolicLinksLeadToTheCheckout() throws Exception {
    Path bin = Files.createDirectory(temp.resolve("my bin"));
    Path absolute =
        Files.createSymbolicLink(bin.resolve("one"), root.resolve("scripts/aiml-video"));
    Path relative = Files.createSymbolicLink(temp.resolve("two"), Path.of("my bin/one"));

    for (Path link : List.of(absolute, relative)) {
      Run run = end(start(link, Map.of(), "status"));

      assertThat(run.output()).isEqualTo("output\n");
      assertThat(log("java one"))
          .last()
          .asString()
          .startsWith(temp.toRealPath() + " ")
          .contains(" -Daiml-video.command=" + link + " ")
          .endsWith(" -jar " + root + "/" + JAR + " status");
    }
  }

  @ParameterizedTest
  @CsvSource({"C, C.UTF-8", "POSIX, C.UTF-8", "C.UTF-8, C.UTF-8"})
  void argumentsAreAlwaysUtf8(String locale, String used) throws Exception {
    run(Map.of("LC_ALL", locale), "status");

    assertThat(log("java one")).last().asString().startsWith(temp.toRealPath() + " " + used + " ");
  }

  @Test
  void commandLearnsThatErrorsGoToNoTerminal() throws Exception {
    run("status");

    assertThat(log("java one")).last().asString().contains(" -Daiml-video.terminal=no ");
  }

  @Test
  void missingJavaIsExitCode5() throws Exception {
    Run run = run(Map.of("JAVA_HOME", "/nowhere"), "status");

    assertThat(run.code()).isEqualTo(5);
    assertThat(run.output()).startsWith("aiml-video: no Java found; ").hasLineCount(1);
  }

  /** What a run printed to both streams, and its exit code. */
  private record Run(String output, int code) {}

  private Run run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  private Run run(Map<String, String> environment, String... arguments) throws Exception {
    return end(start(root.resolve("scripts/aiml-video"), environment, arguments));
  }

  private Process start(Path launcher, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(ForkedJvm.RESTORE_SIGNALS);
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.environment().put("JAVA_HOME", root.resolve("java one").toString());
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).start();
  }

  private static Run end(Process process) throws Exception {
    byte[] output = process.getInputStream().readAllBytes();
    return new Run(new String(output, StandardCharsets.UTF_8), process.waitFor());
  }

  private static void signal(String name, Process process) throws Exception {
    new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
  }

  /** The process whose id the file will have. */
  private static ProcessHandle awaitProcess(Path file, Process launcher) throws Exception {
    while (!Files.exists(file) || !Files.readString(file).endsWith("\n"))
      assertThat(launcher.waitFor(5, TimeUnit.MILLISECONDS)).as("ended before").isFalse();
    return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
  }

  private List<String> log(String java) throws IOException {
    Path log = root.resolve(java + "/bin/java.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  /** The files beside the jar. */
  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("src/cli/target"))) {
      return files.filter(file -> !file.toString().endsWith(".jar")).toList();
    }
  }

  /** A JDK of that version; empty without a version. */
  private void install(String java, String version) throws IOException {
    write(java + "/bin/java", JAVA);
    write(
        java + "/release",
        version.isEmpty() ? "" : "IMPLEMENTOR=\"a\"\nJAVA_VERSION=\"" + version + "\"\n");
  }

  private Path write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    assertThat(path.toFile().setExecutable(true)).isTrue();
    return path;
  }

  private void touch(String file) throws IOException {
    age(root.resolve(file), 0);
  }

  private static void age(Path file, int hours) throws IOException {
    Instant time = Instant.now().minus(Duration.ofHours(hours));
    Files.setLastModifiedTime(file, FileTime.from(time));
  }
}
