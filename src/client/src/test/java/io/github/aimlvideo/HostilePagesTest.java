package io.github.aimlvideo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.fixture.Canaries;
import io.github.aimlvideo.fixture.Contract;
import io.github.aimlvideo.fixture.GeneratedClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The build generates classes from {@code openapi/hostile/client.yaml} and compiles them. */
class HostilePagesTest {
  private static final Path CLASSES = Path.of("target/test-classes");

  @Test
  void pagesBecomeNamesAndValuesAndNoCode() throws IOException {
    Contract contract = Contract.read(Path.of("../../openapi/hostile/aiml-video.yaml"));
    Set<String> titles = contract.canaries().map(Canaries::title).collect(Collectors.toSet());

    GeneratedClasses generated = GeneratedClasses.load(CLASSES, "io/github/aimlvideo/hostile");

    assertThat(titles).hasSizeGreaterThan(4);
    assertThat(generated.violations(contract, titles)).isEmpty();
  }
}
