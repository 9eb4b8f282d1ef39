package io.github.aimlvideo.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.cli.CommandHost;
import io.github.aimlvideo.cli.CommandHost.Run;
import io.github.aimlvideo.testing.GenerationScript;
import io.github.aimlvideo.testing.VideoApiMockExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An audit against the mock, whose responses Prism holds against the contract. */
class AuditIT {
  @RegisterExtension static final VideoApiMockExtension mock = new VideoApiMockExtension();

  private final CommandHost host = CommandHost.take();
  private final Path folder = host.folder();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void doubleChargeLostVideoAndLateChargeAreFound() throws IOException {
    mock.nextGeneration(GenerationScript.completed());
    mock.nextGeneration(GenerationScript.completed().charge(Duration.ZERO).charge(Duration.ZERO));
    mock.nextGeneration(GenerationScript.completed());
    mock.nextGeneration(GenerationScript.completed().charge(Duration.ofHours(3)));
    mock.nextGeneration(GenerationScript.failed("unsafe", "no").charge(Duration.ZERO));
    Files.writeString(
        folder.resolve("videos.csv"),
        "name,prompt,image_url\n"
            + "fox,runs,https://example.com/a.jpg\n"
            + "twice,walks,https://example.com/a.jpg\n"
            + "lost,hides,https://example.com/a.jpg\n"
            + "late,sleeps,https://example.com/a.jpg\n"
            + "failed,flies,https://example.com/a.jpg\n");
    Run batch = run("batch", "videos.csv", "--out", "videos", "--concurrency", "1");
    assertThat(batch.exitCode()).as(batch.err()).isEqualTo(1); // one has failed
    Files.delete(folder.resolve("videos/lost.mp4"));

    Run audit = run("audit", "--out", "videos");

    assertThat(audit.exitCode()).as(audit.err()).isEqualTo(1);
    assertThat(audit.out().lines().map(line -> line.split("\t")).map(cells -> cells[1]))
        .containsExactly("twice", "failed", "lost", "late");
    assertThat(audit.out().lines().map(line -> line.split("\t")[0].replaceFirst(", after.*", "")))
        .containsExactly(
            "charged twice",
            "charged although failed",
            "charged, video not saved",
            "not charged yet");
    assertThat(audit.err())
        .startsWith(
            "5 generations: 1 charged twice; 1 charged although failed; 1 charged, video not saved;"
                + " 1 not charged yet; 1 ok\n");
    assertThat(audit.out()).contains("aiml-video wait ", " -o videos/lost.mp4 ");
    assertThat(run("audit", "--since", "1h").exitCode()).isEqualTo(1);
  }

  private Run run(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--base-url", mock.baseUrl()));
    return host.run(all.toArray(String[]::new));
  }
}
