package io.github.aimlvideo.benchmarks.peer;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.videos.Video;
import com.openai.models.videos.VideoCreateParams;
import java.time.Duration;

/** OpenAI's client, for its own video routes: it has a create and a poll, but no wait. */
final class OpenAi extends Loop {
  private final OpenAIClient client;

  OpenAi(String url, Duration interval) {
    super(interval);
    client = OpenAIOkHttpClient.builder().apiKey("any").baseUrl(url + "/openai").build();
  }

  @Override
  String create() {
    return client.videos().create(VideoCreateParams.builder().prompt(Sample.PROMPT).build()).id();
  }

  @Override
  boolean poll(String id) {
    return client.videos().retrieve(id).status().equals(Video.Status.COMPLETED);
  }

  @Override
  public void close() {
    client.close();
  }
}
