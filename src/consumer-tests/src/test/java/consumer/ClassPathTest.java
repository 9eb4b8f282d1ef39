package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What comes with the library, and nothing more. */
class ClassPathTest {
  @Test
  void isTheHttpClientItsJsonAndAnnotations() throws IOException {
    assertThat(Program.library())
        .extracting(jar -> jar.getFileName().toString().replaceFirst("-\\d.*", ""))
        .containsExactlyInAnyOrder(
            "aiml-video-client",
            "retrofit",
            "converter-gson",
            "okhttp", // empty: it stands for okhttp-jvm, which Retrofit does not know
            "okhttp-jvm",
            "okio-jvm",
            "gson",
            "kotlin-stdlib",
            "annotations", // JetBrains, of Kotlin
            "error_prone_annotations", // of Gson
            "jspecify");
  }

  @Test
  void hasNoClassTwice() throws IOException {
    Map<String, List<String>> jars = new HashMap<>();
    for (Path jar : Program.library()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
          String name = entries.nextElement().getName();
          if (name.endsWith(".class") && !name.endsWith("module-info.class")) {
            jars.computeIfAbsent(name, key -> new ArrayList<>()).add(jar.getFileName().toString());
          }
        }
      }
    }

    assertThat(jars).hasSizeGreaterThan(1000);
    assertThat(jars.entrySet())
        .allSatisfy(entry -> assertThat(entry.getValue()).as(entry.getKey()).hasSize(1));
  }

  @Test
  void theLibraryHasNothingButItsOwn() throws IOException {
    Path library =
        Program.library().stream()
            .filter(jar -> jar.toString().contains("aiml-video-client"))
            .findFirst()
            .get();

    try (JarFile jar = new JarFile(library.toFile())) {
      assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName))
          .allMatch(
              name ->
                  name.startsWith("META-INF/")
                      || name.matches("io/github/aimlvideo/((api|model)/)?[^/]+\\.class"));
    }
  }
}
