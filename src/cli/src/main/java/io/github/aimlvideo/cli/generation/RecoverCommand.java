package io.github.aimlvideo.cli.generation;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.cli.CommonOptions;
import io.github.aimlvideo.cli.DurationText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds a create whose response was lost, waits for its generation and saves the video. */
@Command(
    name = "recover",
    description = {
      "Find a create whose response was lost, wait for its generation and download the video.",
      "The server's logs may list it only after the generation has ended."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  aiml-video recover 0b8a2c1e-6a53-4b0a-9d4f-0f2a8f7f3c11 -o glasses.mp4",
      "  aiml-video recover 0b8a2c1e-6a53-4b0a-9d4f-0f2a8f7f3c11 --recovery-timeout 1h",
    })
public final class RecoverCommand implements Callable<Integer> {
  /** As often as the client searches; the server allows 200 requests a minute. */
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private static final Duration MIN_INTERVAL = Duration.ofMillis(300);

  @Parameters(
      paramLabel = "CLIENT_REQUEST_ID",
      description = "Client request id of the create, as printed with exit code 6.")
  @SuppressWarnings("NullAway.Init") // picocli requires one
  private String clientRequestId;

  @Option(
      names = "--recovery-timeout",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "How long to search the logs; 0s searches them once (default: 6m).")
  private Duration recoveryTimeout = Duration.ofMinutes(6);

  @Mixin private OutputFile output;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CommandRunner run = new CommandRunner(spec, common, output);
    return run.execute(
        () -> {
          DurationText.check("--recovery-timeout", recoveryTimeout, Duration.ZERO);
          output.check();
          try (VideoClient client = run.client()) {
            run.listener().search(clientRequestId);
            VideoGeneration found = search(client, run);
            run.listener().onFound(found);
            run.await(client, found.id());
          }
        });
  }

  private VideoGeneration search(VideoClient client, CommandRunner run) {
    long start = System.nanoTime();
    for (int searches = 0; ; searches++) {
      ApiException failure = null;
      try {
        Optional<VideoGeneration> found = client.recover(clientRequestId);
        if (found.isPresent()) return found.get();
      } catch (ApiException e) {
        if (CommandRunner.REFUSALS.contains(e.status())) throw refused(e);
        failure = e;
      }
      Duration rest = recoveryTimeout.minusNanos(System.nanoTime() - start);
      if (rest.isNegative() || rest.isZero()) throw unknown("the logs do not list it", failure);
      if (failure != null) run.listener().onSearchRetry(failure);
      else if (searches == 0) run.listener().onNotListed(rest);
      pause(rest);
    }
  }

  private void pause(Duration rest) {
    Duration interval = common.interval().orElse(INTERVAL);
    if (interval.compareTo(MIN_INTERVAL) < 0) interval = MIN_INTERVAL;
    try {
      Thread.sleep((interval.compareTo(rest) < 0 ? interval : rest).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown("interrupted", null);
    }
  }

  private CreateOutcomeUnknownException unknown(String reason, @Nullable ApiException failure) {
    return new CreateOutcomeUnknownException(reason, clientRequestId, failure);
  }

  /** Without the client request id, as with it a refusal would be that of a create. */
  private static ApiException refused(ApiException e) {
    String message = "cannot search the logs: " + e.getMessage();
    String body = e.body().orElse(null);
    return new ApiException(message, e.status(), null, body, null, null, e.getCause());
  }
}
