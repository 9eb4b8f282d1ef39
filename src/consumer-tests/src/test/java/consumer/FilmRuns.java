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

/** What the tests share that run {@link Film} in a Java of its own. */
abstract class FilmRuns {
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  @TempDir Path folder;

  /** Its arguments, and the lives of the three generations that it creates. */
  List<String> arguments() throws IOException {
    mock.nextGeneration(GenerationScript.completed());
    mock.nextGeneration(GenerationScript.completed());
    mock.nextGeneration(GenerationScript.failed("content_policy", "The picture shows a fish."));
    Path picture = folder.resolve("boat.png");
    ImageIO.write(new BufferedImage(640, 400, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
    return List.of(mock.baseUrl(), picture.toString(), folder.toString());
  }

  void assertRan(Program film) {
    assertThat(film.lines())
        .containsExactly(
            "status: completed",
            "of the class: completed",
            "by Retrofit: true",
            "by its own Retrofit: completed",
            "recovered: true",
            "class: true",
            "faults: [duration = 7 must be 5 or 10]",
            "failure: true");
    assertThat(film.exit()).isZero();
    assertThat(folder.resolve("film.mp4"))
        .isNotEmptyFile()
        .hasSameBinaryContentAs(folder.resolve("free.mp4"));
    assertThat(mock.creates()).hasSize(3);
  }
}
