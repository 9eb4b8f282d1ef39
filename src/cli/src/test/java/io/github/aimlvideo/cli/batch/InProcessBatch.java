package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.PollPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.FakeApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;

/** Runs batches in this JVM, with the client of a test. */
final class InProcessBatch {
  final Path folder;
  final Path out;
  private final Path manifest;
  private final Function<GenerationListener, VideoClient> clients;

  InProcessBatch(Path folder, Function<GenerationListener, VideoClient> clients) {
    this.folder = folder;
    this.clients = clients;
    manifest = folder.resolve("m.csv");
    out = folder.resolve("out");
  }

  /** With a client of the fake API, which polls often and searches no logs by itself. */
  InProcessBatch(Path folder, FakeApi api) {
    this(
        folder,
        listener ->
            VideoClient.builder()
                .apiKey("key")
                .baseUrl(api.url())
                .pollPolicy(PollPolicy.DEFAULT.withInterval(Duration.ofMillis(100)))
                .recoveryTimeout(Duration.ZERO)
                .listener(listener)
                .build());
  }

  /**
   * @param err standard error
   */
  record Run(int exitCode, String out, String err) {}

  void manifest(String... rows) throws IOException {
    StringBuilder text = new StringBuilder("name,prompt,image_url\n");
    for (String row : rows) text.append(row).append(",https://example.com/fox.jpg\n");
    Files.writeString(manifest, text);
  }

  Run run(String... more) {
    CommandLine command = new CommandLine(new TestCommand());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(manifest.toString(), "--out", this.out.toString(), "--interval", "100ms"));
    arguments.addAll(List.of(more));
    int code = command.execute(arguments.toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  private final class TestCommand extends BatchCommand {
    @Override
    VideoClient client(GenerationListener listener) {
      return clients.apply(listener);
    }
  }
}
