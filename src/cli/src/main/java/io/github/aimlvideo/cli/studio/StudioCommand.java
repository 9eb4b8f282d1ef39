package io.github.aimlvideo.cli.studio;

import com.google.gson.JsonObject;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.InvalidApiKeyException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.RowState;
import io.github.aimlvideo.cli.CommonOptions;
import io.github.aimlvideo.cli.ErrorJson;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.ExitCode;
import io.github.aimlvideo.cli.ResumeHint;
import io.github.aimlvideo.cli.ServerOptions;
import io.github.aimlvideo.cli.batch.DatabaseError;
import io.github.aimlvideo.cli.batch.EngineLog;
import io.github.aimlvideo.cli.studio.http.HttpFailure;
import io.github.aimlvideo.cli.studio.http.LocalServer;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves the studio until it is interrupted. */
@Command(
    name = "studio",
    description = {
      "Open a page on this machine to paint, preview and run a request.",
      "Prints the address of the page, without which nobody can open it. Runs until Ctrl-C.",
      "The next start with the same DIR resumes what runs; what was not sent yet waits on the page."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Without a key, only Generate is unavailable.",
      "",
      "Exit codes: 2 wrong usage, port or folder (nothing was sent), 4 malformed key,",
      "5 other failure, 129, 130 and 143 ended by a signal.",
      "",
      "Examples:",
      "  aiml-video studio",
      "  aiml-video studio fox.png --out foxes",
    })
public final class StudioCommand implements Callable<Integer> {
  /** The logs may list a create only after its generation has ended. */
  private static final Duration RECOVERY_TIMEOUT = Duration.ofMinutes(6);

  @Parameters(
      arity = "0..1",
      paramLabel = "IMAGE",
      description = "http(s) URL or local file to begin with.")
  private @Nullable String image;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Folder for requests and videos; created if needed (default: studio).")
  private Path folder = Path.of("studio");

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the page on 127.0.0.1 (default: 4020, or the next that is free).")
  private @Nullable Integer port;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      return run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    } catch (BatchException e) {
      String database = new GenerationFolder(folder).database().toString();
      return fail(DatabaseError.exitCode(e), e, DatabaseError.message(e, database));
    } catch (HttpFailure e) { // of the image
      return fail(ExitCode.USAGE, e, "IMAGE: " + e.getMessage());
    } catch (InvalidApiKeyException e) {
      return fail(ExitCode.DENIED, e, ErrorMessage.of(e));
    } catch (IllegalArgumentException e) {
      return fail(ExitCode.USAGE, e, ErrorMessage.of(e));
    } catch (IOException | RuntimeException e) {
      return fail(ExitCode.OTHER, e, ErrorMessage.of(e));
    }
  }

  private int fail(int code, Exception failure, @Nullable String message) {
    print("aiml-video: " + message);
    if (common.json()) {
      JsonObject json = new JsonObject();
      RuntimeException error =
          failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
      json.add("error", ErrorJson.of(error, message));
      spec.commandLine().getOut().println(TerminalText.whole(json.toString()));
    }
    return code;
  }

  private void print(String line) {
    spec.commandLine().getErr().println(TerminalText.message(line));
  }

  private void inform(String line) {
    if (!common.quiet()) print(line);
  }

  private int run() throws IOException, InterruptedException {
    EngineLog.show(common.verbose());
    common.check();
    checkFolder();
    boolean hasKey = ServerOptions.hasKey();
    ImageStore images = new ImageStore();
    ImageDownload download = new ImageDownload(common.httpClient(), images);
    String first = image == null ? null : first(image, images, download);
    OpenRows.Settings settings =
        new OpenRows.Settings(
            new GenerationFolder(folder),
            common.server(),
            common.pollPolicy(),
            RECOVERY_TIMEOUT,
            hasKey,
            this::client,
            this::print,
            this::inform);
    try (VideoClient client = client(new GenerationListener() {});
        Generations generations = new Generations(settings)) {
      StudioApi.Session session =
          new StudioApi.Session(
              common.server(), common.baseUrl(), hasKey, folder.toString(), first);
      StudioApi api =
          new StudioApi(session, images, download, new Quotes(client, hasKey), generations);
      try (LocalServer server = LocalServer.start(port, api)) {
        generations.resume();
        announce(server.url(), hasKey);
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        end(generations);
        throw e;
      }
    }
    return 0;
  }

  /** It is made with the first generation. */
  private void checkFolder() {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) existing = existing.getParent();
    if (!Files.isDirectory(existing)) {
      throw new IllegalArgumentException("--out is not a folder: " + existing);
    }
  }

  private VideoClient client(GenerationListener listener) {
    boolean hasKey = ServerOptions.hasKey();
    return (hasKey ? common.builder() : common.keylessBuilder())
        .listener(listener)
        .recoveryTimeout(Duration.ZERO)
        .build();
  }

  /** The id of the image to begin with. */
  private static String first(String image, ImageStore images, ImageDownload download)
      throws InterruptedException {
    if (image.contains("://")) return fetched(image, download);
    Path file = Path.of(image);
    if (Files.isDirectory(file)) throw new HttpFailure(400, "not a file: " + image);
    try {
      if (Files.size(file) > ImageStore.MAX_BYTES) throw ImageStore.tooLarge(image);
      return images.add(file.getFileName().toString(), null, Files.readAllBytes(file)).id();
    } catch (IOException e) {
      throw new HttpFailure(400, ErrorMessage.reason(e));
    }
  }

  /** On a thread of its own, as a signal does not interrupt a read from a socket. */
  private static String fetched(String url, ImageDownload download) throws InterruptedException {
    try {
      return CompletableFuture.supplyAsync(() -> download.fetch(url)).get().id();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HttpFailure failure) throw failure;
      throw new IllegalStateException(e.getCause());
    }
  }

  private void announce(String url, boolean hasKey) {
    if (!common.quiet()) {
      print(
          "studio on "
              + common.server()
              + ", videos in "
              + folder
              + "; open the address in a browser, Ctrl-C ends it");
      if (!hasKey) print("no API key, so nothing can be generated; set AIML_API_KEY for that");
    }
    JsonObject json = new JsonObject();
    json.addProperty("url", url);
    spec.commandLine().getOut().println(common.json() ? json : url);
    spec.commandLine().getOut().flush();
  }

  /** Says what still runs, and how to resume it. */
  private void end(Generations generations) {
    List<BatchRow> unfinished = generations.stop();
    if (unfinished.isEmpty()) return;
    unfinished.forEach(row -> print(row.name() + ": " + state(row, generations.id(row))));
    print("resume with:");
    List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
    spec.commandLine().getErr().println(TerminalText.whole(ResumeHint.of(arguments)));
  }

  private static String state(BatchRow row, Optional<String> id) {
    if (id.isPresent()) {
      boolean isCompleted = row.state() == RowState.COMPLETED;
      return "generation " + id.get() + (isCompleted ? " is not saved yet" : " is still running");
    }
    return row.state() == RowState.NEW
        ? "not sent yet"
        : "unknown whether the create was accepted (client request id "
            + row.clientRequestId().orElse("unknown")
            + ")";
  }
}
