package io.github.aimlvideo.testing;

import com.sun.net.httpserver.HttpServer;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Passes the calls of a {@link FakeVideoClient} to the real client, and tells time about them. */
final class FakeCalls implements InvocationHandler {
  private final FakeTime time;
  private final FakeApi api;
  private final ExecutorService threads;
  private final HttpServer server;
  private final VideoClient client;

  private FakeCalls(Consumer<VideoClientBuilder> settings) throws IOException {
    time = new FakeTime();
    api = new FakeApi(time);
    threads = Executors.newCachedThreadPool(FakeTime::daemon);
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.setExecutor(threads);
    server.createContext("/", api::handle);
    CompletableFuture.runAsync(server::start, threads).join(); // its thread is a daemon as well
    VideoClientBuilder builder =
        VideoClient.builder()
            .baseUrl(url())
            .apiKey("no-key-needed")
            .httpClient(http())
            .scheduler(time);
    settings.accept(builder);
    client = builder.build();
  }

  /** The same with another view of the client. */
  private FakeCalls(FakeCalls shared, VideoClient view) {
    time = shared.time;
    api = shared.api;
    threads = shared.threads;
    server = shared.server;
    client = view;
  }

  static FakeVideoClient start(Consumer<VideoClientBuilder> settings) {
    Objects.requireNonNull(settings, "settings");
    try {
      return new FakeCalls(settings).proxy();
    } catch (IOException e) {
      throw new IllegalStateException("no loopback port for the fake: " + e.getMessage(), e);
    }
  }

  private FakeVideoClient proxy() {
    return (FakeVideoClient)
        Proxy.newProxyInstance(
            FakeVideoClient.class.getClassLoader(), new Class<?>[] {FakeVideoClient.class}, this);
  }

  /** The JDK's server delays its second packet on a connection that is kept. */
  private static OkHttpClient http() {
    return new OkHttpClient.Builder()
        .proxy(java.net.Proxy.NO_PROXY)
        .addInterceptor(
            chain ->
                chain.proceed(chain.request().newBuilder().header("Connection", "close").build()))
        .build();
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    Object first = args == null || args.length == 0 ? null : args[0];
    switch (method.getName()) {
      case "nextGeneration" -> api.add((GenerationScript) Objects.requireNonNull(first, "script"));
      case "useAccount" -> api.use((AccountScript) Objects.requireNonNull(first, "account"));
      case "advance" -> advance((Duration) Objects.requireNonNull(first, "duration"));
      case "close" -> close();
      case "creates" -> {
        return api.creates();
      }
      case "elapsed" -> {
        return Duration.ofNanos(time.nanoTime());
      }
      case "equals" -> {
        return proxy == first;
      }
      case "toString" -> {
        return "FakeVideoClient" + api.creates();
      }
      default -> {
        return call(method, args);
      }
    }
    return null;
  }

  private @Nullable Object call(Method method, Object @Nullable [] args) throws Throwable {
    CompletableFuture<?> call = time.begin(new CompletableFuture<>());
    try {
      Object result = method.invoke(client, args);
      if (result instanceof VideoClient view) return new FakeCalls(this, view).proxy();
      return result instanceof CompletableFuture<?> future ? time.begin(future) : result;
    } catch (InvocationTargetException e) {
      throw Objects.requireNonNull(e.getCause());
    } finally {
      call.complete(null);
    }
  }

  /** The base URL of the fake. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void advance(Duration duration) {
    if (duration.isNegative()) throw new IllegalArgumentException("duration < 0: " + duration);
    CompletableFuture<?> call = time.begin(new CompletableFuture<>());
    try {
      time.pause(duration);
    } finally {
      call.complete(null);
    }
  }

  private void close() {
    client.close();
    server.stop(0);
    threads.shutdown();
    time.close();
  }
}
