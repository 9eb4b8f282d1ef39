package io.github.aimlvideo.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aimlvideo.ApiException.ServerError;
import java.util.List;
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "[{'code':'x','path':['dynamic_masks',0,'mask'],'message':'Required'}]"
            + "| dynamic_masks[0].mask: Required",
        "{'message':'Bad','error':{'data':[{'path':['a'],'message':'m'},{'path':['b',1],'message':'n'}]}}"
            + "| Bad: a: m; b[1]: n",
        "{'message':'m','error':{'data':[{'path':['a'],'message':'m'}]}} | a: m",
        "{'message':[{'path':['a','b'],'message':'m'}]} | a.b: m",
        "{'message':'[{`path`:[`a`,2],`message`:`m`}]'} | a[2]: m",
        "{'detail':[{'loc':['body','a','0'],'msg':'m','type':'x'}]} | a[0]: m",
        "{'errors':{'issues':[{'path':[0,'a'],'message':'m'}]}} | [0].a: m",
        "{'message':'Bad','error':{'data':[{'path':[],'message':'m'}]}} | Bad",
        "{'message':'Bad','error':{'data':[{'path':'/v2','message':'m'}]}} | Bad",
        "{'message':'Bad','path':'/v2/video/generations'} | Bad",
        "{'message':'Bad','error':{'data':[{'path':[{}],'message':'m'}]}} | Bad",
      })
  void messageNamesTheFields(String body, String message) {
    String json = body.replace("`", "\\\"").replace('\'', '"');

    assertThat(response(400, json).message()).isEqualTo(message);
  }

  @Test
  void manyOrLongFieldErrorsAreShortened() {
    String error = "{\"path\":[\"f%d\"],\"message\":\"" + "x".repeat(5000) + "\"},";
    StringBuilder errors = new StringBuilder();
    for (int i = 0; i < 100; i++) errors.append(String.format(error, i));
    ApiResponse<Object> response = response(400, "[" + errors + "null]");

    assertThat(response.message()).hasSizeLessThan(1100).endsWith("; and 15 more");
    assertThat(response.serverError().fieldErrors()).hasSize(20);
  }

  @Test
  void nestedOrBrokenBodiesHaveNoFieldErrors() {
    String deep = "[".repeat(100_000);

    assertThat(response(400, deep).message()).hasSizeLessThan(600);
    assertThat(response(400, deep + "]".repeat(100_000)).message()).hasSizeLessThan(600);
    assertThat(response(400, "{\"a\":").serverError()).isNull();
  }

  @Test
  void serverErrorHasNameMessageAndFields() {
    ApiResponse<Object> response =
        response(
            400,
            "{\"message\":\"Bad\",\"error\":{\"name\":\"BadRequestException\",\"data\":"
                + "[{\"path\":[\"a\"],\"message\":\"m\"}]}}");

    assertThat(ApiExceptions.refused(response, null, null).error())
        .contains(new ServerError("BadRequestException", "Bad", List.of("a: m")));
    assertThat(ApiExceptions.refused(response(502, "<html>"), null, null).error()).isEmpty();
  }

  @Test
  void longBodyIsShortened() {
    assertThat(response(502, "x".repeat(5000)).message()).hasSize(203).endsWith("x...");
  }

  @Test
  void longMessageIsCut() {
    String message = response(403, "{\"message\":\"a\\n" + "x".repeat(5000) + "\"}").message();

    assertThat(message).hasSize(503).startsWith("a\nx").endsWith("x...");
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
