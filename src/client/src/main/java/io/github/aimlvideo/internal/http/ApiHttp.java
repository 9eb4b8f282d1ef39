package io.github.aimlvideo.internal.http;

import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.api.BillingApi;
import io.github.aimlvideo.api.LogsApi;
import io.github.aimlvideo.api.ModelsApi;
import io.github.aimlvideo.api.VideoGenerationsApi;
import io.github.aimlvideo.internal.core.ClientConfig;
import io.github.aimlvideo.internal.json.JsonConverterFactory;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import retrofit2.Retrofit;

/**
 * The generated interfaces, over OkHttp clients that never repeat a create, and that send the key
 * wherever the contract asks for it.
 */
public final class ApiHttp {
  /** Longer than any poll should take. */
  public static final Duration POLL_LIMIT = Duration.ofSeconds(30);

  private static final String PATH = "/v2/video/generations";
  private static final String LEGACY_PATH = "/v2/generate/video/kling/generation";

  /** Between two packets of a create. */
  private static final Duration CREATE_SILENCE = Duration.ofSeconds(60);

  /** Shorter than {@link #POLL_LIMIT}: only its own timeout makes OkHttp drop a connection. */
  private static final Duration POLL_SILENCE = Duration.ofSeconds(20);

  /** On HTTP/2 a connection that fell silent is noticed by this. */
  private static final Duration PING_INTERVAL = Duration.ofSeconds(20);

  /** A response of the API has a few hundred bytes; anything larger is not one of them. */
  private static final long MAX_BYTES = 1 << 20;

  /** The catalogue has hundreds of models. */
  private static final long MAX_CATALOG_BYTES = 16 << 20;

  private final HttpUrl baseUrl;
  private final Executor threads;
  private final OkHttpClient polls;
  private final OkHttpClient creates;
  private final VideoGenerationsApi generations;
  private final LogsApi logs;
  private final BillingApi billing;
  private final ModelsApi models;

  /**
   * Uses the caller's OkHttp client, but its own dispatcher, timeouts and connections: as many as
   * there may be requests, so that polls rarely open one.
   */
  public ApiHttp(ClientConfig config, OkHttpClient base, Dispatcher dispatcher) {
    this.baseUrl = config.baseUrl();
    this.threads = dispatcher.executorService();
    OkHttpClient shared = shared(config, base, dispatcher);
    polls = shared.newBuilder().readTimeout(POLL_SILENCE).build();
    creates =
        shared.newBuilder().retryOnConnectionFailure(false).readTimeout(CREATE_SILENCE).build();
    Retrofit retrofit = retrofit(this::newCall);
    generations = retrofit.create(VideoGenerationsApi.class);
    logs = retrofit.create(LogsApi.class);
    billing = retrofit.create(BillingApi.class);
    OkHttpClient keyless = keyless(config);
    models =
        retrofit(request -> keyless.newCall(SendGuard.guarded(request))).create(ModelsApi.class);
  }

  private Retrofit retrofit(Call.Factory calls) {
    return new Retrofit.Builder()
        .baseUrl(baseUrl)
        .callFactory(calls)
        .addConverterFactory(new JsonConverterFactory())
        .build();
  }

  /** For polls of what is public; the key is still taken out of what a server says. */
  private OkHttpClient keyless(ClientConfig config) {
    OkHttpClient.Builder builder = polls.newBuilder();
    builder.interceptors().removeIf(KeyInterceptor.class::isInstance);
    builder.interceptors().removeIf(ResponseReader.class::isInstance);
    builder.interceptors().add(0, new ResponseReader(config.apiKey(), MAX_CATALOG_BYTES));
    return builder.build();
  }

  private static OkHttpClient shared(
      ClientConfig config, OkHttpClient base, Dispatcher dispatcher) {
    OkHttpClient.Builder builder =
        base.newBuilder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(config.maxConcurrentRequests(), 5, TimeUnit.MINUTES))
            .followRedirects(false)
            .callTimeout(Duration.ZERO)
            .writeTimeout(CREATE_SILENCE)
            .pingInterval(PING_INTERVAL)
            .retryOnConnectionFailure(true)
            .addNetworkInterceptor(SendGuard.NETWORK_INTERCEPTOR);
    builder.interceptors().add(0, new ResponseReader(config.apiKey(), MAX_BYTES));
    if (config.useLegacyEndpoint()) builder.addInterceptor(ApiHttp::toLegacyEndpoint);
    builder.addInterceptor(new KeyInterceptor(config.baseUrl(), config.apiKey()));
    StaleConnectionGuard.addTo(builder);
    return builder.build();
  }

  /** The generated interface, for callers that use it directly. */
  public VideoGenerationsApi generations() {
    return generations;
  }

  /** Creates a generation within a limit. */
  public HttpCall<VideoGenerationResponse> create(
      VideoRequest request, String clientRequestId, Duration limit) {
    return new HttpCall<>(generations.create(request, clientRequestId), threads, limit);
  }

  /** Polls a generation within a limit. */
  public HttpCall<VideoGenerationResponse> retrieve(String id, Duration limit) {
    return new HttpCall<>(generations.retrieve(id), threads, limit);
  }

  /** The logs of the account; {@link #read} sends a call. */
  public LogsApi logs() {
    return logs;
  }

  /** The balance and the ledger of the account; {@link #read} sends a call. */
  public BillingApi billing() {
    return billing;
  }

  /** The catalogue, without the key; {@link #read} sends a call. */
  public ModelsApi models() {
    return models;
  }

  /** A call that is not sent yet of an interface that only reads. */
  public <T> HttpCall<T> read(retrofit2.Call<T> call) {
    return new HttpCall<>(call, threads, POLL_LIMIT);
  }

  /** Whether a URL belongs to this API. */
  public boolean isOurs(HttpUrl url) {
    return KeyInterceptor.sameOrigin(url, baseUrl);
  }

  /** Closes idle connections. */
  public void close() {
    polls.connectionPool().evictAll();
  }

  private Call newCall(Request request) {
    OkHttpClient client = request.method().equals("GET") ? polls : creates;
    return client.newCall(SendGuard.guarded(request));
  }

  private static Response toLegacyEndpoint(Interceptor.Chain chain) throws IOException {
    HttpUrl url = chain.request().url();
    String path = url.encodedPath();
    if (!path.endsWith(PATH)) return chain.proceed(chain.request());
    String prefix = path.substring(0, path.length() - PATH.length());
    HttpUrl legacy = url.newBuilder().encodedPath(prefix + LEGACY_PATH).build();
    return chain.proceed(chain.request().newBuilder().url(legacy).build());
  }
}
