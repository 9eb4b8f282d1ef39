package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.kling.MotionBrush;
import java.awt.geom.Ellipse2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the classes do not need, so that nobody has to bring it. */
class DependenciesTest {
  @Test
  void noLoggingLibraryIsNeeded() throws Exception {
    assertThat(classesWith("org/slf4j", "org/apache/log", "ch/qos")).isEmpty();
    assertThat(classesWith("java/lang/System$Logger")).contains("EventDispatcher");
  }

  /** A JDK for servers may come without java.desktop. */
  @Test
  void onlyTheBrushNeedsJavaDesktop() throws Exception {
    assertThat(classesWith("java/awt", "javax/imageio"))
        .containsExactlyInAnyOrder("MotionBrush", "FlattenedPath");
    assertThat(classesWith("kling/MotionBrush", "kling/FlattenedPath"))
        .allMatch(name -> name.matches("MotionBrush|FlattenedPath"));
  }

  @Test
  void clientRunsWithoutJavaDesktop(@TempDir Path folder) throws IOException {
    try (Server server = new Server();
        Forked program =
            Forked.start(
                folder,
                "key",
                List.of("--limit-modules", "java.base,java.logging"),
                ProcessTest.Sender.class,
                server.status("queued").url(),
                Path.of("../../mock/sample.jpg").toAbsolutePath().toString())) {
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(server.requestJson().get("image_url").getAsString()).startsWith("data:image/jpeg");
    }
  }

  /** A program that must have a display, and has none. */
  @Test
  void brushAsksForNoDisplay(@TempDir Path folder) throws IOException {
    try (Forked program =
        Forked.start(folder, null, List.of("-Djava.awt.headless=false"), Painter.class)) {
      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(program.out()).startsWith("(image/png, ");
    }
  }

  /** Paints one mask. */
  static final class Painter {
    public static void main(String[] args) {
      System.out.println(MotionBrush.on(400, 300).mask(new Ellipse2D.Double(10, 10, 90, 60)));
    }
  }

  /** The names of our classes that name one of these. */
  private static List<String> classesWith(String... names) throws Exception {
    Path classes =
        Path.of(VideoClient.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> Stream.of(names).anyMatch(text(file)::contains))
          .map(file -> file.getFileName().toString().replace(".class", ""))
          .toList();
    }
  }

  /** Names stand in a class file as they are. */
  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
