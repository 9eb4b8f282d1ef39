package io.github.aimlvideo.benchmarks.peer;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * The limit: what OkHttp, Gson and one scheduler cost when somebody writes this one loop by hand
 * and handles no failure.
 */
final class HandWritten implements Peer {
  /** More calls at once make nothing faster on loopback, only more threads. */
  private static final int CALLS_AT_ONCE = 16;

  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient http;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Gson gson = new Gson();
  private final HttpUrl address;
  private final long intervalMillis;

  HandWritten(String url, Duration interval) {
    address = HttpUrl.get(url + "/v2/video/generations");
    intervalMillis = interval.toMillis();
    // without its own limit the pool takes a new thread for a call before the last one is free
    Dispatcher dispatcher = new Dispatcher(Executors.newFixedThreadPool(CALLS_AT_ONCE));
    dispatcher.setMaxRequests(CALLS_AT_ONCE);
    dispatcher.setMaxRequestsPerHost(CALLS_AT_ONCE);
    http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(CALLS_AT_ONCE, 5, TimeUnit.MINUTES))
            .build();
  }

  private record Create(
      String model, @SerializedName("image_url") String imageUrl, String prompt, int duration) {}

  private record Generation(String id, String status, Video video) {
    boolean hasEnded() {
      return status.equals("completed") || status.equals("error");
    }
  }

  private record Video(String url) {}

  @Override
  public void createAndPoll() {
    CompletableFuture<Generation> result = new CompletableFuture<>();
    create(result, created -> poll(created.id, result, result::complete));
    result.join();
  }

  @Override
  public CompletableFuture<Void> generate() {
    CompletableFuture<Void> result = new CompletableFuture<>();
    create(result, created -> endOrPollLater(created, result));
    return result;
  }

  private void endOrPollLater(Generation seen, CompletableFuture<Void> result) {
    if (seen.hasEnded()) {
      result.complete(null);
      return;
    }
    Runnable poll = () -> poll(seen.id, result, next -> endOrPollLater(next, result));
    timer.schedule(poll, intervalMillis, TimeUnit.MILLISECONDS);
  }

  private void create(CompletableFuture<?> result, Consumer<Generation> then) {
    Create create =
        new Create("kling-video/v1/standard/image-to-video", Sample.IMAGE, Sample.PROMPT, 5);
    call(request(address).post(RequestBody.create(gson.toJson(create), JSON)), result, then);
  }

  private void poll(String id, CompletableFuture<?> result, Consumer<Generation> then) {
    HttpUrl poll = address.newBuilder().addQueryParameter("generation_id", id).build();
    call(request(poll), result, then);
  }

  private static Request.Builder request(HttpUrl url) {
    return new Request.Builder().url(url).header("Authorization", "Bearer any");
  }

  private void call(
      Request.Builder request, CompletableFuture<?> result, Consumer<Generation> then) {
    http.newCall(request.build())
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response response) {
                try (response) {
                  then.accept(gson.fromJson(response.body().charStream(), Generation.class));
                } catch (RuntimeException e) {
                  result.completeExceptionally(e);
                }
              }

              @Override
              public void onFailure(Call call, IOException e) {
                result.completeExceptionally(e);
              }
            });
  }

  @Override
  public void close() {
    timer.shutdownNow();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
