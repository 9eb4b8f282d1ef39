package io.github.aimlvideo.cli.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.aimlvideo.cli.CommandHost.Run;
import io.github.aimlvideo.cli.fixture.CommandLineFixture;
import io.github.aimlvideo.cli.fixture.ForkedJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A default name is free, stays so for one command, and is short enough. */
class OutputFileTest extends CommandLineFixture {
  private static final String IMAGE = "https://example.com/images/mona%20lisa.jpeg?size=1";

  @Test
  void defaultNameIsThatOfTheImageAndFree() throws IOException {
    Files.writeString(folder.resolve("mona_20lisa.mp4"), "other");
    Files.createSymbolicLink(folder.resolve("mona_20lisa-2.mp4"), Path.of("gone"));
    completedAtOnce();
    video();

    Run run = run("generate", IMAGE);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("mona_20lisa-3.mp4\n");
    assertThat(folder.resolve("mona_20lisa.mp4")).hasContent("other");
    assertThat(folder.resolve("mona_20lisa-3.mp4")).hasContent("video");
  }

  @Test
  void commandsAtOnceGetOneFileEach() throws IOException {
    List<Path> files =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(i -> OutputFile.reserve(folder, "fox"))
            .toList();

    assertThat(files).doesNotHaveDuplicates().contains(folder.resolve("fox.mp4"));
    assertThat(names()).hasSize(200);
  }

  @Test
  void nameIsTakenWhileACommandRuns() throws Exception {
    respond(200, "{'id':'abc','status':'queued'}");
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    try (ForkedJvm first = fork("generate", IMAGE)) {
      server.takeRequest(2, TimeUnit.MINUTES);
      server.takeRequest(2, TimeUnit.MINUTES);
      completedAtOnce();
      video();

      assertThat(run("generate", IMAGE).out()).isEqualTo("mona_20lisa-2.mp4\n");

      first.signal("TERM");
      assertThat(first.exitCode()).isEqualTo(143);
      assertThat(first.err()).contains("\naiml-video wait abc --base-url ");
    }
    assertThat(names()).containsExactly("mona_20lisa-2.mp4");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 502})
  void nameIsFreeAgainWithoutAVideo(int status) throws IOException {
    respond(status, "");
    respond(404, "");

    assertThat(run("generate", IMAGE).exitCode()).isNotZero();

    assertThat(names()).isEmpty();
  }

  @Test
  void otherFileUnderTheNameIsNotDeleted() throws IOException {
    Path reserved = OutputFile.reserve(folder, "fox");
    Files.writeString(reserved, "other");

    OutputFile.release(reserved);

    assertThat(reserved).hasContent("other");
  }

  @Test
  void folderThatCannotBeWrittenIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutputFile.reserve(folder.resolve("gone"), "fox"))
        .withMessageStartingWith("cannot save to ")
        .withMessageContaining("no such file: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u00e9", "e\u0301", "\u65e5", "\ud840\udc00"})
  void longNameIsCutBetweenCharacters(String character) throws IOException {
    String name = OutputFile.safeName(character.repeat(300));

    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    int size = character.getBytes(StandardCharsets.UTF_8).length;
    assertThat(bytes).isBetween(131 - size, 130);
    assertThat(name).isEqualTo(character.repeat(bytes / size));
    for (int i = 0; i < 11; i++) OutputFile.reserve(folder, name);
    assertThat(names()).hasSize(11);
  }

  @Test
  void newFolderIsNamed() {
    completedAtOnce();
    video();

    Run run = run("wait", "abc", "-o", "vidoes/new/fox.mp4");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("\ncreating folder vidoes/new\n");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
