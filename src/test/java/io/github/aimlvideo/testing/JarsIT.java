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
  private static final String TESTING = "aiml-video-client-.*-testing[.]jar";
  private static final String LIBRARY = "aiml-video-client-[0-9.]+(-SNAPSHOT)?[.]jar";

  @Test
  void testingJarHoldsTheWholeMock() throws IOException {
    try (JarFile jar = jar(TESTING)) {
      assertThat(names(jar).filter(name -> !name.endsWith(".class") && name.startsWith(FOLDER)))
          .containsExactlyInAnyOrderElementsOf(MockFiles.ALL.stream().map(FOLDER::concat).toList());
    }
  }

  @Test
  void testingJarHoldsNothingOfTheLibrary() throws IOException {
    try (JarFile jar = jar(TESTING)) {
      assertThat(names(jar).filter(name -> name.endsWith(".class")))
          .contains(FOLDER + "VideoApiMock.class", "io/github/aimlvideo/cache/CacheFolder.class")
          .allMatch(name -> name.matches("io/github/aimlvideo/(cache|testing)/[^/]+"));
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("io.github.aimlvideo.testing");
    }
  }

  @Test
  void libraryHoldsNothingOfTheMockOrTheCommandLine() throws IOException {
    try (JarFile jar = jar(LIBRARY)) {
      assertThat(names(jar))
          .contains("io/github/aimlvideo/VideoClient.class")
          .noneMatch(name -> name.matches("io/github/aimlvideo/(cache|cli|testing)/.*"))
          .noneMatch(name -> name.endsWith(".mjs"));
      assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("io.github.aimlvideo");
    }
  }

  @Test
  void commandLineHoldsNothingOfTheMock() throws IOException {
    try (JarFile jar = jar("aiml-video[.]jar")) {
      assertThat(names(jar))
          .contains("io/github/aimlvideo/cache/CacheFolder.class")
          .noneMatch(name -> name.startsWith(FOLDER));
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
