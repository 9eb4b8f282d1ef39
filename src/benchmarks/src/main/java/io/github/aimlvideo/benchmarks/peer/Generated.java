package io.github.aimlvideo.benchmarks.peer;

import io.github.aimlvideo.benchmarks.generated.ApiClient;
import io.github.aimlvideo.benchmarks.generated.KlingVideoV1StandardImageToVideoRequest;
import io.github.aimlvideo.benchmarks.generated.VideoGenerationResponse.StatusEnum;
import io.github.aimlvideo.benchmarks.generated.VideoGenerationsApi;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** What OpenAPI Generator makes of the contract with its defaults for Retrofit. */
final class Generated extends Loop {
  private final ApiClient client = new ApiClient("access-token");
  private final VideoGenerationsApi api;

  Generated(String url, Duration interval) {
    super(interval);
    client.setBearerToken("any");
    client.getAdapterBuilder().baseUrl(url + "/");
    api = client.createService(VideoGenerationsApi.class);
  }

  @Override
  String create() throws IOException {
    var request =
        new KlingVideoV1StandardImageToVideoRequest()
            .model(
                KlingVideoV1StandardImageToVideoRequest.ModelEnum
                    .KLING_VIDEO_V1_STANDARD_IMAGE_TO_VIDEO)
            .imageUrl(URI.create(Sample.IMAGE))
            .prompt(Sample.PROMPT);
    return api.create(request, null).execute().body().getId();
  }

  @Override
  boolean poll(String id) throws IOException {
    return api.retrieve(id).execute().body().getStatus() == StatusEnum.COMPLETED;
  }
}
