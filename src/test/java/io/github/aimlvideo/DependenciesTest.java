package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the classes do not need, so that nobody has to bring it. */
class DependenciesTest {
  @Test
  void noLoggingLibraryIsNeeded() throws Exception {
    assertThat(classesWith("org/slf4j", "org/apache/log", "ch/qos")).isEmpty();
    assertThat(classesWith("java/lang/System$Logger")).contains("Reporter");
    assertThatThrownBy(() -> Class.forName("org.slf4j.Logger")) // all tests do without
        .isInstanceOf(ClassNotFoundException.class);
  }

  /** A JDK for servers may come without java.desktop. */
  @Test
  void onlyTheBrushNeedsJavaDesktop() throws Exception {
    assertThat(classesWith("java/awt", "javax/imageio"))
        .containsExactlyInAnyOrder("MotionBrush", "Polyline");
    assertThat(classesWith("aimlvideo/MotionBrush", "aimlvideo/Polyline"))
        .containsExactlyInAnyOrder("MotionBrush", "Polyline");
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
