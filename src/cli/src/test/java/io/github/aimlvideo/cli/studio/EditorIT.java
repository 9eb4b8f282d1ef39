package io.github.aimlvideo.cli.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.cli.fixture.BrowserFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs the tests of the editor that need no page, in src/test/js. */
class EditorIT {
  @Test
  void testsInJavaScriptPass() throws IOException, InterruptedException {
    Process node =
        new ProcessBuilder(BrowserFixture.node().toString(), "--test", "src/test/js")
            .redirectErrorStream(true)
            .start();
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(node.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(node.exitValue()).as(output).isZero();
    assertThat(output).containsPattern("# pass [1-9]");
  }
}
