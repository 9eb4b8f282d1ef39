package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A client without a server. Words in the prompt make a create {@code vanish} or a generation
 * {@code fail} or {@code hang}.
 */
final class FakeClient {
  /** The prompts of creates, in order. */
  final List<String> creates = new ArrayList<>();

  int searches;
  Runnable onAwait = () -> {};
  Runnable onClose = () -> {};

  /** Prompts by id, and ids by client request id. */
  private final Map<String, String> prompts = new HashMap<>();

  private final Map<String, String> logs = new HashMap<>();

  /** The methods that a batch uses. */
  VideoClient client() {
    return (VideoClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {VideoClient.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "createAsync" -> create((VideoRequest) arguments[0], (String) arguments[1]);
                  case "recoverAsync" -> recover((String) arguments[0]);
                  case "awaitAsync" -> await((String) arguments[0]);
                  case "downloadAsync" -> download((Path) arguments[1]);
                  case "close" -> {
                    onClose.run();
                    yield null;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private CompletableFuture<VideoGeneration> create(VideoRequest request, String createId) {
    String prompt = ((KlingVideoV1StandardImageToVideoRequest) request).getPrompt();
    creates.add(prompt);
    if (prompt.contains("vanish")) {
      return CompletableFuture.failedFuture(
          new CreateOutcomeUnknownException("no response", createId, null));
    }
    String id = "id-" + creates.size();
    prompts.put(id, prompt);
    logs.put(createId, id);
    return CompletableFuture.completedFuture(generation(id, "queued"));
  }

  private CompletableFuture<Optional<VideoGeneration>> recover(String createId) {
    searches++;
    return CompletableFuture.completedFuture(
        Optional.ofNullable(logs.get(createId)).map(id -> generation(id, "queued")));
  }

  private CompletableFuture<VideoGeneration> await(String id) {
    onAwait.run();
    String prompt = prompts.get(id);
    if (prompt.contains("fail")) {
      return CompletableFuture.failedFuture(new GenerationFailedException(generation(id, "error")));
    }
    if (prompt.contains("hang")) {
      return CompletableFuture.failedFuture(
          new GenerationTimeoutException(generation(id, "queued"), Duration.ofMinutes(1), null));
    }
    return CompletableFuture.completedFuture(generation(id, "completed"));
  }

  private CompletableFuture<Path> download(Path file) {
    try {
      return CompletableFuture.completedFuture(Files.writeString(file, "video"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Completes all generations that hang. */
  void finish() {
    prompts.replaceAll((id, prompt) -> "runs");
  }

  private static VideoGeneration generation(String id, String status) {
    return VideoGeneration.of(new VideoGenerationResponse().id(id).status(status));
  }
}
