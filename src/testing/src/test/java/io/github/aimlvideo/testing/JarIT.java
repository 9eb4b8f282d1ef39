package io.github.aimlvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The jar as it is published. */
class JarIT {
  private static final String FOLDER = "io/github/aimlvideo/testing/";
  private static final String NAME = "aiml-video-testing-[0-9.]+(-SNAPSHOT)?[.]jar";

  @Test
  void containsTheWholeMock() throws IOException {
    try (JarFile jar = new JarFile(find().toFile())) {
      assertThat(jar.stream().filter(entry -> !entry.isDirectory()))
          .extracting(entry -> entry.getName())
          .filteredOn(name -> name.startsWith(FOLDER) && !name.endsWith(".class"))
          .containsExactlyInAnyOrderElementsOf(MockFiles.ALL.stream().map(FOLDER::concat).toList());
    }
  }

  private static Path find() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches(NAME))
          .findFirst()
          .orElseThrow();
    }
  }
}
