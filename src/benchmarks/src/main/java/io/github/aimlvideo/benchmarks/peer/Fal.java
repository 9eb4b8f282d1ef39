package io.github.aimlvideo.benchmarks.peer;

import ai.fal.client.ClientConfig;
import ai.fal.client.CredentialsResolver;
import ai.fal.client.FalClient;
import ai.fal.client.queue.QueueStatus;
import ai.fal.client.queue.QueueStatusOptions;
import ai.fal.client.queue.QueueSubmitOptions;
import java.time.Duration;
import java.util.Map;

/** fal.ai's client; its address is fixed, but it can be given a proxy. */
final class Fal extends Loop {
  private static final String ENDPOINT = "fal-ai/kling-video/v1/standard/image-to-video";

  private final FalClient client;

  Fal(String url, Duration interval) {
    super(interval);
    client =
        FalClient.withConfig(
            ClientConfig.builder()
                .withCredentials(CredentialsResolver.fromApiKey("any"))
                .withProxyUrl(url + "/fal")
                .build());
  }

  @Override
  String create() {
    Map<String, Object> input =
        Map.of("image_url", Sample.IMAGE, "prompt", Sample.PROMPT, "duration", 5);
    return client.queue().submit(ENDPOINT, QueueSubmitOptions.withInput(input)).getRequestId();
  }

  @Override
  boolean poll(String id) {
    return client.queue().status(ENDPOINT, QueueStatusOptions.withRequestId(id)).getStatus()
        == QueueStatus.Status.COMPLETED;
  }
}
