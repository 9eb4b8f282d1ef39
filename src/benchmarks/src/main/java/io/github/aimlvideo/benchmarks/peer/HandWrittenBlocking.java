package io.github.aimlvideo.benchmarks.peer;

import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** The hand-written loop on the caller's own thread, without a thread hop. */
final class HandWrittenBlocking extends BlockingPeer {
  private final Wire wire;
  private final OkHttpClient http = new OkHttpClient();

  HandWrittenBlocking(String url, Duration pollInterval) {
    super(pollInterval);
    wire = new Wire(url);
  }

  @Override
  String create() throws IOException {
    try (Response response = http.newCall(wire.create()).execute()) {
      return wire.parse(response).id();
    }
  }

  @Override
  boolean poll(String id) throws IOException {
    try (Response response = http.newCall(wire.poll(id)).execute()) {
      return wire.parse(response).hasEnded();
    }
  }

  @Override
  public void close() {
    http.connectionPool().evictAll();
  }
}
