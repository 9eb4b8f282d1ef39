package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A client without a server, which loses each create. */
final class FakeClient {
  private FakeClient() {}

  static VideoClient client() {
    return (VideoClient)
        Proxy.newProxyInstance(
            FakeClient.class.getClassLoader(),
            new Class<?>[] {VideoClient.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "createAsync" ->
                      CompletableFuture.<VideoGeneration>failedFuture(
                          new CreateOutcomeUnknownException(
                              "no response", (String) arguments[1], null));
                  case "recover" -> Optional.empty();
                  case "close" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
