package io.github.aimlvideo;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * A body that OkHttp must not send twice, and that tells its {@link Exchange} of its progress.
 * Without this it repeats a POST by itself, for instance on a 503 with {@code Retry-After: 0},
 * whatever {@code retryOnConnectionFailure} says.
 */
final class OneShotBody extends RequestBody {
  private final RequestBody body;
  private final Runnable progress;

  private OneShotBody(RequestBody body, Runnable progress) {
    this.body = body;
    this.progress = progress;
  }

  /** Here and not where the body is made, because Retrofit wraps that. */
  static Response once(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    RequestBody body = request.body();
    if (body == null) return chain.proceed(request);
    Exchange exchange = request.tag(Exchange.class);
    Runnable progress = exchange == null ? () -> {} : exchange::progresses;
    return chain.proceed(
        request.newBuilder().method(request.method(), new OneShotBody(body, progress)).build());
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() throws IOException {
    return body.contentLength();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    BufferedSink noticed =
        Okio.buffer(
            new ForwardingSink(sink) {
              @Override
              public void write(Buffer source, long byteCount) throws IOException {
                super.write(source, byteCount);
                progress.run();
              }
            });
    body.writeTo(noticed);
    noticed.emit();
  }
}
