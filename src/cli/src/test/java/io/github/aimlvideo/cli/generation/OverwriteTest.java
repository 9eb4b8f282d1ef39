package io.github.aimlvideo.cli.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.cli.CommandHost.Run;
import io.github.aimlvideo.cli.Main;
import io.github.aimlvideo.cli.fixture.CommandLineFixture;
import io.github.aimlvideo.cli.fixture.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A video replaces no file that its request is made of, and no other unless asked to. */
class OverwriteTest extends CommandLineFixture {
  @BeforeEach
  void files() throws IOException {
    for (String name : new String[] {"fox.png", "tail.png", "mask.png", "copy.png"}) {
      write(name, "GIF89a");
    }
    write(
        "masks.json",
        "[{'mask':'mask.png','trajectories':[{'x':1,'y':2},{'x':3,'y':4}]},"
            + "{'mask':'https://a/b','trajectories':[{'x':1,'y':2},{'x':3,'y':4}]}]");
    write("request.json", "{'model':'a/b','keyframes':[{'type':'image','url':'fox.png'}]}");
    Files.createSymbolicLink(folder.resolve("link.png"), Path.of("fox.png"));
    Files.createLink(folder.resolve("hard.png"), folder.resolve("fox.png"));
    Files.createSymbolicLink(folder.resolve("here"), Path.of("."));
    Files.createSymbolicLink(folder.resolve("twice.png"), Path.of("here/link.png"));
    Files.createDirectory(folder.resolve("sub"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fox.png -o fox.png",
        "fox.png -o sub/../fox.png",
        "fox.png -o link.png",
        "link.png -o fox.png",
        "fox.png -o hard.png",
        "fox.png -o here/fox.png",
        "here/here/fox.png -o fox.png",
        "fox.png -o twice.png",
        "fox.png -o link.png --no-wait",
        "https://a/b --tail-image tail.png -o here/tail.png",
        "https://a/b --static-mask=mask.png -o here/mask.png",
        "https://a/b --dynamic-masks masks.json -o here/masks.json",
        "https://a/b --dynamic-masks here/masks.json -o mask.png",
        "--request request.json -o fox.png",
        "--request request.json -o link.png",
        "--request here/request.json -o request.json",
        "--request request.json -p snow -o here/request.json",
      })
  void inputIsNoOutput(String arguments) throws IOException {
    Map<String, String> before = contents();

    Run run = run(("generate " + arguments).split(" "));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("aiml-video: --output: ")
        .contains(" is the same file as the input ")
        .hasLineCount(1);
    assertThat(server.getRequestCount()).isZero();
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void redirectedRequestIsNoOutput() throws IOException {
    String[] args = {"generate", "--request", "-", "-o", "request.json", "--base-url", url()};

    try (ForkedJvm run =
        ForkedJvm.startWithInput(folder.resolve("request.json"), folder, Main.class, args)) {
      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      assertThat(run.err()).contains("request.json is the same file as the input /dev/stdin");
    }
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy.png", "here/copy.png", "new.mp4"})
  void otherFileIs(String output) throws IOException {
    completedAtOnce();
    video();

    Run run = run("generate", "fox.png", "-o", output, "--overwrite");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(folder.resolve(output)).hasContent("video");
    assertThat(folder.resolve("fox.png")).hasContent("GIF89a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy.png", "here/copy.png", "sub/../link.png"})
  void existingFileIsKept(String output) throws IOException {
    Map<String, String> before = contents();

    for (String command : new String[] {"generate https://a/b", "wait abc", "recover abc"}) {
      Run run = run((command + " -o " + output).split(" "));
      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      assertThat(run.err())
          .contains("--output: " + output + " exists; choose another, or add --overwrite")
          .hasLineCount(1);
    }
    assertThat(server.getRequestCount()).isZero();
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void emptyFileIsNoVideo() throws IOException {
    Files.createFile(folder.resolve("mktemp.mp4"));
    completedAtOnce();
    video();

    Run run = run("wait", "abc", "-o", "mktemp.mp4");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(folder.resolve("mktemp.mp4")).hasContent("video");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text.replace('\'', '"'));
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
