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
  /** The API's responses are a few hundred bytes; anything larger is not one of them. */
  private static final long MAX_BYTES = 8L << 20;

  /** A shorter key may occur in a body by chance. */
  private static final int MIN_KEY_LENGTH = 8;

  private final String key;

  ResponseReader(String key) {
    this.key = key;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    SendGuard guard = SendGuard.of(chain.call());
    if (guard == null) return response;
    guard.received(response);
    try (ResponseBody body = response.body()) {
      ByteString bytes = bytes(body.source());
      String text = bytes.utf8();
      if (contains(text)) {
        text = text.replace(key, "(the key)");
        bytes = ByteString.encodeUtf8(text);
      }
      guard.received(text);
      return response.newBuilder().body(ResponseBody.create(bytes, null)).build();
    }
  }

  private static ByteString bytes(BufferedSource source) throws IOException {
    if (source.request(MAX_BYTES + 1)) throw new IOException("a response of more than 8 MiB");
    return source.readByteString();
  }

  private boolean contains(String text) {
    return key.length() >= MIN_KEY_LENGTH && text.contains(key);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ResponseReader";
  }
}
