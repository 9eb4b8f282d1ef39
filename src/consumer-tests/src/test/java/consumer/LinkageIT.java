package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The client brings an older Kotlin library than OkHttp asks for; it has all that they use. */
class LinkageIT {
  /** Optional parts of OkHttp and Retrofit, such as coroutines, are missing as well. */
  private static final String MISSING = "Missing (class|(method|field) \\S+) %s\\..*";

  @Test
  void theKotlinLibraryHasAllThatIsUsed() throws Exception {
    List<String> lines = missingWithout("kotlinx-coroutines-core-jvm");

    assertThat(lines).anyMatch(line -> line.matches(MISSING.formatted("kotlinx\\.coroutines")));
    assertThat(lines).noneMatch(line -> line.matches(MISSING.formatted("kotlin")));
  }

  @Test
  void aMissingKotlinLibraryIsNoticed() throws Exception {
    assertThat(missingWithout("kotlin-stdlib"))
        .anyMatch(line -> line.matches(MISSING.formatted("kotlin")));
  }

  private static List<String> missingWithout(String excluded) throws Exception {
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
    for (String used : List.of("kotlin-stdlib", "annotations")) {
      if (!used.equals(excluded)) command.addAll(List.of("--target", Jars.named(used).toString()));
    }
    for (String user : List.of("okhttp-jvm", "okio-jvm", "retrofit")) {
      command.addAll(List.of("--source", Jars.named(user).toString()));
    }
    return JavaProcess.run(Jdks.CURRENT, command).lines().stream()
        .map(line -> line.replaceFirst("^Error: ", ""))
        .toList();
  }
}
