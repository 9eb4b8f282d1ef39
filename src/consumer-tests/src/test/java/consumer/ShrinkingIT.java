package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** A program that R8 shrinks and renames, with the rules of the jars only, still works. */
class ShrinkingIT extends AbstractProgramTest {
  @Test
  void runsAfterR8HasShrunkIt() throws Exception {
    Path shrunk = folder.resolve("shrunk.jar");
    JavaProcess r8 = shrink(shrunk);
    assertThat(r8.exit()).as("%s", r8.lines()).isZero();

    List<Path> path = Stream.concat(Stream.of(shrunk), notShrunk().stream()).toList();
    List<String> command = new ArrayList<>(List.of("-cp", Jars.joined(path), MAIN));
    command.addAll(arguments());
    assertSucceeded(JavaProcess.run(Jdks.CURRENT, command));

    assertThat(content(Jars.named("aiml-video-client")))
        .contains("io/github/aimlvideo/kling/MotionBrush.class");
    assertThat(content(shrunk))
        .contains("consumer/ConsumerProgram.class")
        .doesNotContain("io/github/aimlvideo/kling/MotionBrush.class"); // not used by the program
  }

  private JavaProcess shrink(Path target) throws Exception {
    Path rules = folder.resolve("rules.pro");
    Files.writeString(
        rules, "-keep class " + MAIN + " { public static void main(java.lang.String[]); }\n");
    List<String> command =
        new ArrayList<>(
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Jars.named("r8").toString(),
                "com.android.tools.r8.R8",
                "--release",
                "--classfile",
                "--lib",
                Jdks.CURRENT.toString(),
                "--pg-conf",
                rules.toString(),
                "--output",
                target.toString()));
    notShrunk().forEach(jar -> command.addAll(List.of("--classpath", jar.toString())));
    command.add(programJar().toString());
    Jars.ofClient().stream()
        .filter(ShrinkingIT::isShrunk)
        .forEach(jar -> command.add(jar.toString()));
    return JavaProcess.run(Jdks.CURRENT, command);
  }

  private static List<Path> notShrunk() throws IOException {
    return Jars.ofClient().stream().filter(jar -> !isShrunk(jar)).toList();
  }

  /** The jars that use reflection; to shrink Kotlin and OkHttp too takes ten times as long. */
  private static boolean isShrunk(Path jar) {
    return List.of("aiml-video-client", "retrofit", "gson").contains(Jars.name(jar));
  }

  private Path programJar() {
    Path jar = folder.resolve("consumer.jar");
    int exit =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out, System.err, "-cf", jar.toString(), "-C", Jars.CONSUMER.toString(), ".");
    assertThat(exit).isZero();
    return jar;
  }

  private static List<String> content(Path jar) throws IOException {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      return file.stream().map(ZipEntry::getName).toList();
    }
  }
}
