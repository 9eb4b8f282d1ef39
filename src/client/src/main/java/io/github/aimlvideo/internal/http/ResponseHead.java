package io.github.aimlvideo.internal.http;

import okhttp3.Headers;
import okhttp3.Response;

/** What is known of a response before its body. */
record ResponseHead(String method, String path, int status, Headers headers) {
  static ResponseHead of(Response response) {
    return new ResponseHead(
        response.request().method(),
        response.request().url().encodedPath(),
        response.code(),
        response.headers());
  }
}
