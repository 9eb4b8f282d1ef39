package io.github.aimlvideo.benchmarks.peer;

import io.github.aimlvideo.benchmarks.peer.Wire.Generation;
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
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The peer of the bars: OkHttp, Gson and one scheduler in a loop that somebody writes by hand and
 * that handles no failure.
 */
final class HandWritten implements Peer {
  /** On loopback, more concurrent requests only take more threads. */
  private static final int MAX_REQUESTS = 16;

  private final Wire wire;
  private final long pollMillis;
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final OkHttpClient http;

  HandWritten(String url, Duration pollInterval) {
    wire = new Wire(url);
    pollMillis = pollInterval.toMillis();
    // OkHttp's own executor may start a thread for a request before the last one is free
    Dispatcher dispatcher = new Dispatcher(Executors.newFixedThreadPool(MAX_REQUESTS));
    dispatcher.setMaxRequests(MAX_REQUESTS);
    dispatcher.setMaxRequestsPerHost(MAX_REQUESTS);
    http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(MAX_REQUESTS, 5, TimeUnit.MINUTES))
            .build();
  }

  @Override
  public void createAndPoll() {
    CompletableFuture<Generation> result = new CompletableFuture<>();
    enqueue(
        wire.create(),
        result,
        created -> enqueue(wire.poll(created.id()), result, result::complete));
    result.join();
  }

  @Override
  public CompletableFuture<Void> generate() {
    CompletableFuture<Void> result = new CompletableFuture<>();
    enqueue(wire.create(), result, created -> endOrPollLater(created, result));
    return result;
  }

  private void endOrPollLater(Generation generation, CompletableFuture<Void> result) {
    if (generation.hasEnded()) {
      result.complete(null);
      return;
    }
    String id = generation.id();
    Runnable poll = () -> enqueue(wire.poll(id), result, polled -> endOrPollLater(polled, result));
    scheduler.schedule(poll, pollMillis, TimeUnit.MILLISECONDS);
  }

  private void enqueue(
      Request request, CompletableFuture<?> result, Consumer<Generation> onGeneration) {
    http.newCall(request)
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response response) {
                try (response) {
                  onGeneration.accept(wire.parse(response));
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
    scheduler.shutdownNow();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
