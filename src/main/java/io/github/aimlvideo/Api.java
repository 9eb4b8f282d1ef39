package io.github.aimlvideo;

import io.github.aimlvideo.api.VideoGenerationsApi;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.io.IOException;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
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
    http =
        builder
            .addInterceptor(chain -> chain.proceed(withKey(chain.request(), baseUrl, key)))
            .build();
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

  /** Another host never gets the key, wherever an interceptor of the caller sends the request. */
  private static Request withKey(Request request, HttpUrl baseUrl, String key) {
    HttpUrl url = request.url();
    boolean ours =
        url.scheme().equals(baseUrl.scheme())
            && url.host().equals(baseUrl.host())
            && url.port() == baseUrl.port();
    return ours ? request.newBuilder().header("Authorization", "Bearer " + key).build() : request;
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
