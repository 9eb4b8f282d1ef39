package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.fixture.ForkedJvm;
import io.github.aimlvideo.fixture.Server;
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

/** Libraries and modules that the classes do not need. */
class DependenciesTest {
  @Test
  void noLoggingLibraryIsNeeded() throws Exception {
    assertThat(classesWith("org/slf4j", "org/apache/log", "ch/qos")).isEmpty();
    assertThat(classesWith("java/lang/System$Logger")).contains("EventDispatcher");
  }

  /** A JDK for servers may lack java.desktop. */
  @Test
  void onlyTheBrushNeedsJavaDesktop() throws Exception {
    assertThat(classesWith("java/awt", "javax/imageio"))
        .containsExactlyInAnyOrder("MotionBrush", "FlattenedPath");
    assertThat(classesWith("kling/MotionBrush", "kling/FlattenedPath"))
        .allMatch(name -> name.matches("MotionBrush|FlattenedPath"));
  }

  @Test
  void clientRunsWithoutJavaDesktop(@TempDir Path folder) {
    String image = Path.of("../../mock/sample.jpg").toAbsolutePath().toString();
    List<String> options = List.of("--limit-modules", "java.base,java.logging");
    try (Server server = new Server()) {
      String url = server.status("queued").url();

      ForkedJvm program = ForkedJvm.run(folder, options, ProcessTest.Sender.class, url, image);

      assertThat(program.exitCode()).as(program.err()).isZero();
      assertThat(server.requestJson().get("image_url").getAsString()).startsWith("data:image/jpeg");
    }
  }

  /** A program that is not headless, without a display. */
  @Test
  void brushNeedsNoDisplay(@TempDir Path folder) {
    ForkedJvm program = ForkedJvm.run(folder, List.of("-Djava.awt.headless=false"), Painter.class);

    assertThat(program.exitCode()).as(program.err()).isZero();
    assertThat(program.out()).startsWith("(image/png, ");
  }

  /** Paints one mask. */
  static final class Painter {
    public static void main(String[] args) {
      System.out.println(MotionBrush.on(400, 300).mask(new Ellipse2D.Double(10, 10, 90, 60)));
    }
  }

  /** The classes of the client that refer to one of these names. */
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

  /** A class file contains names as plain text. */
  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
