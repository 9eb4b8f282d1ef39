package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The client brings an older Kotlin library than OkHttp asks for, and the batch a newer SLF4J than
 * db-scheduler asks for; both have all that is used.
 */
class LinkageIT {
  /** Optional parts, such as coroutines, are missing as well. */
  private static final String MISSING = "Missing (class|(method|field) \\S+) %s\\..*";

  private static final List<String> KOTLIN_USERS = List.of("okhttp-jvm", "okio-jvm", "retrofit");

  @Test
  void theKotlinLibraryHasAllThatIsUsed() throws Exception {
    List<String> lines = missing(List.of("kotlin-stdlib", "annotations"), KOTLIN_USERS);

    assertThat(lines).anyMatch(line -> line.matches(MISSING.formatted("kotlinx\\.coroutines")));
    assertThat(lines).noneMatch(line -> line.matches(MISSING.formatted("kotlin")));
  }

  @Test
  void aMissingKotlinLibraryIsNoticed() throws Exception {
    assertThat(missing(List.of("annotations"), KOTLIN_USERS))
        .anyMatch(line -> line.matches(MISSING.formatted("kotlin")));
  }

  @Test
  void theBatchHasAllThatItUses() throws Exception {
    List<String> engine = List.of("db-scheduler", "HikariCP", "sqlite-jdbc", "slf4j-api");
    List<String> targets =
        Stream.of(engine, List.of("aiml-video-client", "gson", "jspecify"))
            .flatMap(List::stream)
            .toList();

    assertThat(missing(targets, List.of("aiml-video-batch"))).noneMatch(LinkageIT::isMissing);
    assertThat(missing(List.of("slf4j-api"), List.of("db-scheduler", "HikariCP")))
        .anyMatch(LinkageIT::isMissing)
        .noneMatch(line -> line.matches(MISSING.formatted("org\\.slf4j")));
  }

  private static boolean isMissing(String line) {
    return line.startsWith("Missing ");
  }

  private static List<String> missing(List<String> targets, List<String> sources) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Jars.named("r8").toString(),
                "com.android.tools.r8.tracereferences.TraceReferences",
                "--check",
                "--lib",
                Jdks.CURRENT.toString()));
    for (String target : targets) {
      command.addAll(List.of("--target", Jars.named(target).toString()));
    }
    for (String source : sources) {
      command.addAll(List.of("--source", Jars.named(source).toString()));
    }
    return JavaProcess.run(Jdks.CURRENT, command).lines().stream()
        .map(line -> line.replaceFirst("^Error: ", ""))
        .toList();
  }
}
