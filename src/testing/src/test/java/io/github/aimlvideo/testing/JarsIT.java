package io.github.aimlvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is in the jars as they are published. */
class JarsIT {
  private static final String FOLDER = "io/github/aimlvideo/testing/";
  private static final String TESTING = "aiml-video-testing-[0-9.]+(-SNAPSHOT)?[.]jar";

  @Test
  void testingJarHoldsTheWholeMock() throws IOException {
    try (JarFile jar = jar(TESTING)) {
      assertThat(names(jar).filter(name -> !name.endsWith(".class") && name.startsWith(FOLDER)))
          .containsExactlyInAnyOrderElementsOf(MockFiles.ALL.stream().map(FOLDER::concat).toList());
    }
  }

  private static JarFile jar(String name) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      Path jar =
          files
              .filter(file -> file.getFileName().toString().matches(name))
              .findFirst()
              .orElseThrow();
      return new JarFile(jar.toFile());
    }
  }

  private static Stream<String> names(JarFile jar) {
    return jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName);
  }
}
