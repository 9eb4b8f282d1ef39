package io.github.aimlvideo.internal.http;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sends the key to the API's origin only, wherever an interceptor of the caller sends a request.
 */
record KeyInterceptor(HttpUrl origin, String key) implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    if (!sameOrigin(request.url(), origin)) return chain.proceed(request);
    return chain.proceed(request.newBuilder().header("Authorization", "Bearer " + key).build());
  }

  static boolean sameOrigin(HttpUrl url, HttpUrl origin) {
    return url.scheme().equals(origin.scheme())
        && url.host().equals(origin.host())
        && url.port() == origin.port();
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "KeyInterceptor[" + origin + "]";
  }
}
