package io.github.aimlvideo.internal.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.ByteString;

/**
 * Reads each response of the API to its end and keeps status, headers and text in the request's
 * {@link SendGuard}, so that they survive whatever the body turns out to be. All text of the server
 * passes here; the key does not.
 */
final class ResponseReader implements Interceptor {
  private final KeyRedactor redactor;
  private final long maxBytes;

  ResponseReader(String key, long maxBytes) {
    this.redactor = new KeyRedactor(key);
    this.maxBytes = maxBytes;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    SendGuard guard = SendGuard.of(chain.call());
    try {
      Response response = chain.proceed(chain.request());
      return guard == null ? response : read(response, guard);
    } catch (IOException e) {
      throw redactor.redact(e);
    }
  }

  private Response read(Response response, SendGuard guard) throws IOException {
    Response head = response.newBuilder().headers(redactor.redact(response.headers())).build();
    guard.received(head);
    try (ResponseBody body = head.body()) {
      BufferedSource source = body.source();
      try {
        if (source.request(maxBytes + 1)) {
          throw new IOException("a response of more than " + (maxBytes >> 20) + " MiB");
        }
      } catch (IOException e) { // an id may have arrived before the connection broke
        guard.received(redactor.redact(source.getBuffer().snapshot().utf8()));
        throw e;
      }
      ByteString bytes = source.readByteString();
      String text = bytes.utf8();
      String redacted = redactor.redact(text);
      guard.received(redacted);
      boolean unchanged = redacted.equals(text); // then its own encoding counts
      ResponseBody readable =
          unchanged ? ResponseBody.create(bytes, null) : ResponseBody.create(redacted, null);
      return head.newBuilder().body(readable).build();
    }
  }
}
