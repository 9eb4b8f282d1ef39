package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * A program that R8 made small and renamed, by the rules in the jars alone, does what it did
 * before.
 */
class ShrinkTest extends FilmRuns {
  @Test
  void runsWhenR8HasShrunkIt() throws Exception {
    Path small = folder.resolve("small.jar");
    Program r8 = shrink(small);
    assertThat(r8.exit()).as("%s", r8.lines()).isZero();

    List<Path> path = new ArrayList<>(List.of(small));
    path.addAll(others());
    List<String> arguments = new ArrayList<>(List.of("-cp", Program.joined(path), "consumer.Film"));
    arguments.addAll(arguments());
    assertRan(Program.run(Jdks.THIS, arguments));

    assertThat(classesOf(small))
        .contains("consumer/Film.class")
        .doesNotContain("io/github/aimlvideo/Poller.class");
  }

  private Program shrink(Path target) throws Exception {
    Path rules = folder.resolve("rules.pro");
    Files.writeString(
        rules, "-keep class consumer.Film { public static void main(java.lang.String[]); }\n");
    List<String> command =
        new ArrayList<>(
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-cp",
                r8Jar(),
                "com.android.tools.r8.R8",
                "--release",
                "--classfile",
                "--lib",
                Jdks.THIS.toString()));
    command.addAll(List.of("--pg-conf", rules.toString(), "--output", target.toString()));
    others().forEach(jar -> command.addAll(List.of("--classpath", jar.toString())));
    command.add(jarOfFilm().toString());
    shrunk().forEach(jar -> command.add(jar.toString()));
    return Program.run(Jdks.THIS, command);
  }

  /** What has to do with reflection; to shrink Kotlin and OkHttp too takes ten times as long. */
  private static List<Path> shrunk() throws IOException {
    return Program.library().stream().filter(ShrinkTest::isShrunk).toList();
  }

  private static List<Path> others() throws IOException {
    return Program.library().stream().filter(jar -> !isShrunk(jar)).toList();
  }

  private static boolean isShrunk(Path jar) {
    return jar.getFileName()
        .toString()
        .matches("(aiml-video-client|retrofit|converter-gson|gson)-.*");
  }

  private static String r8Jar() throws Exception {
    Class<?> r8 = Class.forName("com.android.tools.r8.R8");
    return Path.of(r8.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private Path jarOfFilm() throws Exception {
    Path jar = folder.resolve("consumer.jar");
    var tool = java.util.spi.ToolProvider.findFirst("jar").orElseThrow();
    assertThat(
            tool.run(
                System.out,
                System.err,
                "-cf",
                jar.toString(),
                "-C",
                Program.CLASSES.toString(),
                "."))
        .isZero();
    return jar;
  }

  private static List<String> classesOf(Path jar) throws Exception {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      return file.stream().map(ZipEntry::getName).toList();
    }
  }
}
