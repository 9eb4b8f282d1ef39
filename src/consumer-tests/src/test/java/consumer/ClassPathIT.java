package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The jars that come with the library, and their content. */
class ClassPathIT {
  private static final Set<String> CLIENT =
      Set.of(
          "aiml-video-client",
          "retrofit",
          "okhttp", // empty; it keeps out a complete 4.x jar that another library asks for
          "okhttp-jvm",
          "okio-jvm",
          "gson",
          "kotlin-stdlib",
          "annotations", // JetBrains, of kotlin-stdlib
          "error_prone_annotations", // of Gson
          "jspecify");

  private static final Set<String> TESTING =
      Set.of(
          "aiml-video-testing",
          "junit-jupiter-api",
          "junit-platform-commons",
          "opentest4j",
          "apiguardian-api");

  /** Without a driver of PostgreSQL, which is the user's own. */
  private static final Set<String> BATCH =
      Set.of("aiml-video-batch", "db-scheduler", "HikariCP", "sqlite-jdbc", "slf4j-api");

  /** The other test dependencies of this project. */
  private static final Set<String> TOOLS =
      Set.of(
          "junit-jupiter",
          "junit-jupiter-params",
          "junit-jupiter-engine",
          "junit-platform-engine",
          "assertj-core",
          "byte-buddy",
          "r8",
          "kotlin-compiler-embeddable",
          "kotlinx-coroutines-core-jvm");

  @Test
  void consistsOfPackagedJars() throws IOException {
    assertThat(Jars.ofTests())
        .allSatisfy(jar -> assertThat(jar).isRegularFile().hasExtension("jar"));
  }

  @Test
  void theClientBringsRetrofitOkHttpGsonAndAnnotations() throws IOException {
    assertThat(Jars.names(Jars.ofClient())).containsExactlyInAnyOrderElementsOf(CLIENT);
  }

  @Test
  void testingAndBatchBringTheClientAndWhatTheyDeclare() throws IOException {
    List<String> names = new ArrayList<>(Jars.names(Jars.ofTests()));
    names.removeAll(TOOLS);

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(CLIENT, TESTING, BATCH).flatMap(Set::stream).toList());
  }

  @Test
  void noClassIsInTwoJars() throws IOException {
    Map<String, List<String>> jars = new HashMap<>();
    for (Path jar : Jars.ofClient()) {
      for (String name : content(jar)) {
        if (name.endsWith(".class") && !name.endsWith("module-info.class")) {
          jars.computeIfAbsent(name, key -> new ArrayList<>()).add(Jars.name(jar));
        }
      }
    }

    assertThat(jars).hasSizeGreaterThan(1000);
    assertThat(jars.entrySet())
        .allSatisfy(entry -> assertThat(entry.getValue()).as(entry.getKey()).hasSize(1));
  }

  @Test
  void theJarsContainOnlyTheirOwnPackages() throws IOException {
    String own = "META-INF/.*|module-info\\.class|io/github/aimlvideo/";
    String client = own + "((account|api|catalog|kling|model|internal(/[a-z]+)*)/)?[^/]+\\.class";

    assertThat(content(Jars.named("aiml-video-client"))).allMatch(name -> name.matches(client));
    assertThat(content(Jars.named("aiml-video-testing")))
        .allMatch(name -> name.matches(own + "testing/.*"));
    assertThat(content(Jars.named("aiml-video-batch")))
        .allMatch(name -> name.matches(own + "batch/.*"));
  }

  private static List<String> content(Path jar) throws IOException {
    List<String> names = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (!entry.isDirectory()) names.add(entry.getName());
      }
    }
    return names;
  }
}
