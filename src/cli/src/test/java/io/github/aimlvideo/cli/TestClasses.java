package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.batch.ClassArchive;
import io.github.aimlvideo.batch.FakeApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The class path of the tests for other JVMs, with an archive that a batch has made. */
final class TestClasses {
  private static final List<String> OPTIONS = make();

  private TestClasses() {}

  /** Options of a JVM. */
  static List<String> options() {
    return OPTIONS;
  }

  private static List<String> make() {
    Path folder = TestFolder.make("classes");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> TestFolder.delete(folder)));
    ClassArchive archive = new ClassArchive(folder);
    try (FakeApi api = new FakeApi()) {
      Files.writeString(folder.resolve("m.csv"), "name,image_url\nfox,https://example.com/a.jpg\n");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + folder));
      command.addAll(archive.training());
      command.addAll(List.of(Main.class.getName(), "batch", "m.csv", "--out", "out"));
      command.addAll(List.of("--base-url", api.url(), "--interval", "100ms"));
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().put("AIML_API_KEY", "key");
      Path output = folder.resolve("output");
      Process batch = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      assertThat(batch.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(batch.exitValue()).as(Files.readString(output)).isZero();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return archive.options();
  }
}
