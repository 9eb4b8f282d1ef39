package io.github.aimlvideo;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/**
 * A body that OkHttp must not send twice. Without this it repeats a POST by itself, for instance on
 * a 503 with {@code Retry-After: 0}, whatever {@code retryOnConnectionFailure} says.
 */
final class OneShotBody extends RequestBody {
  private final RequestBody body;

  private OneShotBody(RequestBody body) {
    this.body = body;
  }

  /** Here and not where the body is made, because Retrofit wraps that. */
  static Response once(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    RequestBody body = request.body();
    if (body == null) return chain.proceed(request);
    return chain.proceed(
        request.newBuilder().method(request.method(), new OneShotBody(body)).build());
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() throws IOException {
    return body.contentLength();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    body.writeTo(sink);
  }
}
