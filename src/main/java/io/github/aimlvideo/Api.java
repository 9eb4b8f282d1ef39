package io.github.aimlvideo;

import io.github.aimlvideo.api.VideoGenerationsApi;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import retrofit2.Retrofit;
import retrofit2.converter.gson.GsonConverterFactory;

/**
 * The generated interface, with the key, over an OkHttp client that never repeats a call by itself.
 */
final class Api {
  private static final String PATH = "/v2/video/generations";
  private static final String LEGACY_PATH = "/v2/generate/video/kling/generation";

  private final OkHttpClient http;
  private final VideoGenerationsApi generated;

  Api(OkHttpClient base, HttpUrl baseUrl, String key, boolean legacyAddress) {
    OkHttpClient.Builder builder =
        base.newBuilder()
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .addNetworkInterceptor(Exchange.MARK_SENT);
    if (legacyAddress) builder.addInterceptor(Api::toLegacyAddress);
    http = builder.addInterceptor(Api::once).addInterceptor(new Key(baseUrl, key)).build();
    generated =
        new Retrofit.Builder()
            .baseUrl(baseUrl)
            .client(http)
            .addConverterFactory(new RequestJson.Factory(Json.GSON))
            .addConverterFactory(GsonConverterFactory.create(Json.GSON))
            .build()
            .create(VideoGenerationsApi.class);
  }

  VideoGenerationsApi generated() {
    return generated;
  }

  /** Starts a create that ends within {@code timeout}. */
  Exchange create(
      KlingVideoV1StandardImageToVideoRequest request, String clientRequestId, Duration timeout) {
    return Exchange.start(http, generated.create(request, clientRequestId).request(), timeout);
  }

  /** Starts a look that ends within {@code timeout}. */
  Exchange retrieve(String id, Duration timeout) {
    return Exchange.start(http, generated.retrieve(id).request(), timeout);
  }

  /** Here and not where the body is made, because Retrofit wraps that. */
  private static Response once(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    RequestBody body = request.body();
    if (body == null) return chain.proceed(request);
    return chain.proceed(
        request.newBuilder().method(request.method(), new OneShotBody(body)).build());
  }

  /** Another host never gets the key, wherever an interceptor of the caller sends the request. */
  private record Key(HttpUrl origin, String key) implements Interceptor {
    @Override
    public Response intercept(Chain chain) throws IOException {
      Request request = chain.request();
      HttpUrl url = request.url();
      boolean ours =
          url.scheme().equals(origin.scheme())
              && url.host().equals(origin.host())
              && url.port() == origin.port();
      if (!ours) return chain.proceed(request);
      return chain.proceed(request.newBuilder().header("Authorization", "Bearer " + key).build());
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
