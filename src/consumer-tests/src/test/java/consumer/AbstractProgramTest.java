package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.testing.GenerationScript;
import io.github.aimlvideo.testing.VideoApiMockExtension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Base class of the tests that run {@link ConsumerProgram} in a JVM of its own. */
abstract class AbstractProgramTest {
  static final String MAIN = "consumer.ConsumerProgram";

  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @TempDir Path folder;

  /** Scripts the three generations of the program and returns its arguments. */
  List<String> arguments() throws IOException {
    mock.nextGeneration(GenerationScript.completed());
    mock.nextGeneration(GenerationScript.completed());
    mock.nextGeneration(GenerationScript.failed("content_policy", "The image shows a fish."));
    Path image = folder.resolve("boat.png");
    ImageIO.write(new BufferedImage(640, 400, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
    return List.of(mock.baseUrl(), image.toString(), folder.toString());
  }

  void assertSucceeded(JavaProcess program) {
    assertThat(program.lines())
        .hasSize(7)
        .contains(
            "status: completed",
            "generated API: true",
            "recovered: true",
            "converted: true",
            "violations: [duration = 7 must be 5 or 10]")
        .anyMatch(line -> line.startsWith("plain Retrofit: completed, http://127.0.0.1:"))
        .anyMatch(line -> line.matches("failure reason: .*The image shows a fish.*"));
    assertThat(program.exit()).isZero();
    assertThat(folder.resolve("typed.mp4"))
        .isNotEmptyFile()
        .hasSameBinaryContentAs(folder.resolve("untyped.mp4"));
    assertThat(mock.creates()).hasSize(3);
  }
}
