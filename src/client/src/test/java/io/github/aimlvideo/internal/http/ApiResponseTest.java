package io.github.aimlvideo.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.Headers;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiResponseTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"message\":\"No credits\"} | No credits",
        "{\"message\":[\"a\",\"b\"]} | a; b",
        "{\"message\":[\"a\",[\"b\",7]]} | a; b; 7.0",
        "{\"message\":null,\"x\":1} | {\"message\":null,\"x\":1}",
        "{\"message\":\"\"} | {\"message\":\"\"}",
        "<html>  bad\t gateway | <html> bad gateway",
        "[] | []",
      })
  void messageIsThatOfTheServerOrTheBody(String body, String message) {
    assertThat(response(403, body).message()).isEqualTo(message);
  }

  @Test
  void longBodyIsShortened() {
    assertThat(response(502, "x".repeat(5000)).message()).hasSize(203).endsWith("x...");
  }

  @Test
  void requestIdIsThatOfTheServer() {
    assertThat(response(403, "{\"requestId\":\"r-1\"}").requestId()).contains("r-1");
    assertThat(response(403, "<html>").requestId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404})
  void statusThatARetryWouldNotChangeIsFinal(int status) {
    assertThat(response(status, "").isFinal()).isTrue();
    assertThat(response(status, "").isSuccess()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 408, 429, 500, 503})
  void otherStatusIsNotFinal(int status) {
    assertThat(response(status, "").isFinal()).isFalse();
  }

  @Test
  void blankHeaderIsAbsent() {
    Headers headers = Headers.of("x-inference-id", " ", "x-other", "abc");
    var response = new ApiResponse<>(head(200, headers), "", null, null);

    assertThat(response.header("x-inference-id")).isEmpty();
    assertThat(response.header("X-Other")).contains("abc");
  }

  private static ApiResponse<Object> response(int status, String body) {
    return new ApiResponse<>(head(status, Headers.of()), body, null, null);
  }

  private static Response head(int status, Headers headers) {
    return new Response.Builder()
        .request(new Request.Builder().url("http://localhost/").build())
        .protocol(Protocol.HTTP_1_1)
        .code(status)
        .message("")
        .headers(headers)
        .build();
  }
}
