package io.github.aimlvideo;

import io.github.aimlvideo.api.LogsApi;
import io.github.aimlvideo.api.VideoGenerationsApi;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import retrofit2.Retrofit;
import retrofit2.converter.gson.GsonConverterFactory;

/** The generated interfaces, with the key, over OkHttp clients that never repeat a create. */
final class Api {
  private static final String PATH = "/v2/video/generations";
  private static final String LEGACY_PATH = "/v2/generate/video/kling/generation";

  /** Between two packets. */
  static final Duration SILENCE = Duration.ofSeconds(60);

  private final HttpUrl origin;
  private final OkHttpClient looks;
  private final OkHttpClient creates;
  private final VideoGenerationsApi generated;
  private final LogsApi logs;
  private final Timer timer;
  private final Threads threads;

  Api(VideoClientBuilder settings, OkHttpClient base, Timer timer, Threads threads) {
    this.timer = timer;
    this.threads = threads;
    HttpUrl baseUrl = Settings.baseUrl(settings.baseUrl);
    origin = baseUrl;
    OkHttpClient.Builder builder =
        base.newBuilder()
            .dispatcher(threads.generated)
            .followRedirects(false)
            .callTimeout(Duration.ZERO)
            .readTimeout(SILENCE)
            .writeTimeout(SILENCE)
            .addNetworkInterceptor(Exchange.MARK_SENT);
    builder.addInterceptor(Api::withoutTimeouts);
    if (settings.useLegacyEndpoint) builder.addInterceptor(Api::toLegacyAddress);
    builder.addInterceptor(new Key(baseUrl, Settings.apiKey(settings.apiKey)));
    looks = builder.retryOnConnectionFailure(true).build();
    creates =
        WideSockets.usedBy(LiveConnection.shared(builder, settings.maxConcurrentRequests), base)
            .retryOnConnectionFailure(false)
            .addInterceptor(OneShotBody::once)
            .build();
    Retrofit retrofit =
        new Retrofit.Builder()
            .baseUrl(baseUrl)
            .callFactory(this::call)
            .addConverterFactory(new RequestJson.Factory(Json.REQUESTS))
            .addConverterFactory(GsonConverterFactory.create(Json.ANSWERS))
            .build();
    generated = retrofit.create(VideoGenerationsApi.class);
    logs = retrofit.create(LogsApi.class);
  }

  Executor steps() {
    return threads.steps;
  }

  VideoGenerationsApi generated() {
    return generated;
  }

  /** A create that is ready to begin. */
  Exchange create(VideoRequest request, String clientRequestId) {
    Request create = generated.create(request, clientRequestId).request();
    return new Exchange(this::call, () -> create, threads.calls::create);
  }

  /** Starts a look that ends within {@code limit}. */
  Exchange retrieve(String id, Duration limit) {
    return start(generated.retrieve(id), limit);
  }

  /** Starts a look at the calls of the last day. */
  Exchange logs(int rows, int offset, Duration limit) {
    return start(logs.listLogs("24h", null, null, null, null, rows, offset), limit);
  }

  /** Whether that is an address of this API. */
  boolean isOurs(HttpUrl url) {
    return Key.sameOrigin(url, origin);
  }

  private Exchange start(retrofit2.Call<?> call, Duration limit) {
    return new Exchange(this::call, call::request, threads.calls::look).begin(limit, timer);
  }

  private Call call(Request request) {
    return (request.method().equals("GET") ? looks : creates).newCall(request);
  }

  /** What has an {@link Exchange} has its limits there. */
  private static Response withoutTimeouts(Interceptor.Chain chain) throws IOException {
    if (chain.request().tag(Exchange.class) == null) return chain.proceed(chain.request());
    return chain
        .withReadTimeout(0, TimeUnit.SECONDS)
        .withWriteTimeout(0, TimeUnit.SECONDS)
        .proceed(chain.request());
  }

  /** Another host never gets the key, wherever an interceptor of the caller sends the request. */
  private record Key(HttpUrl origin, String key) implements Interceptor {
    @Override
    public Response intercept(Chain chain) throws IOException {
      Request request = chain.request();
      if (!sameOrigin(request.url(), origin)) return chain.proceed(request);
      return chain.proceed(
          request.newBuilder().header("Authorization", HttpAnswer.BEARER + key).build());
    }

    static boolean sameOrigin(HttpUrl url, HttpUrl origin) {
      return url.scheme().equals(origin.scheme())
          && url.host().equals(origin.host())
          && url.port() == origin.port();
    }

    @Override
    public String toString() {
      return "Key[" + origin + "]";
    }
  }

  private static Response toLegacyAddress(Interceptor.Chain chain) throws IOException {
    HttpUrl url = chain.request().url();
    String path = url.encodedPath();
    if (!path.endsWith(PATH)) return chain.proceed(chain.request());
    String prefix = path.substring(0, path.length() - PATH.length());
    HttpUrl legacy = url.newBuilder().encodedPath(prefix + LEGACY_PATH).build();
    return chain.proceed(chain.request().newBuilder().url(legacy).build());
  }
}
