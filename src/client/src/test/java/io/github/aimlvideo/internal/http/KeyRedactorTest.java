package io.github.aimlvideo.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers repeat a key in many forms; none of them reaches a person. */
class KeyRedactorTest {
  private static final String KEY = "sk-a/b+c=1.2";

  private final KeyRedactor redactor = new KeyRedactor(KEY);

  static Stream<String> forms() {
    return Stream.of(
        KEY,
        "sk-a\\/b+c=1.2",
        "\\u0073k-a/b+c\\u003d1.2",
        "\\u0073\\u006B\\u002D\\u0061\\u002F\\u0062\\u002b\\u0063\\u003d\\u0031\\u002e\\u0032",
        "\\\\u0073k-a\\\\/b+c=1.2",
        "sk-a%2Fb%2bc%3D1.2",
        "%73%6B-a%252Fb%2525252Bc=1.2",
        "&#115;k-a&#x2F;b&#x2b;c&#0061;1.2",
        new String(KEY.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8),
        "sk-a\\u002fb%2Bc&#61;1.2");
  }

  @ParameterizedTest
  @MethodSource("forms")
  void everyFormIsReplaced(String form) {
    assertThat(redactor.redact("<" + form + "> " + form)).isEqualTo("<(the key)> (the key)");
  }

  @ParameterizedTest
  @MethodSource("forms")
  void headersAndExceptionsHaveNoForm(String form) {
    String printable = form.replace("\0", "");
    Headers headers = Headers.of("Location", "https://a/?k=" + printable, "x-other", "kept");
    IOException quoting = new IOException("no", new IOException("unexpected: " + form));

    assertThat(redactor.redact(headers))
        .isEqualTo(Headers.of("Location", "https://a/?k=(the key)", "x-other", "kept"));
    assertThat(redactor.redact(quoting)).hasMessage("no").hasNoCause();
    assertThat(redactor.redact(new IOException(form))).hasMessage("(the key)");
  }

  @Test
  void jsonStaysJson() {
    String json = "{\"a\":\"\\\\\\u0073k-a\\/b+c=1.2\\\\\",\"b\":\"\\\\sk-a/b+c=1.2\"}";

    assertThat(JsonParser.parseString(redactor.redact(json)))
        .isEqualTo(JsonParser.parseString("{\"a\":\"(the key)\\\\\",\"b\":\"(the key)\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-a/b+c=1x2", "a%20b", "{\"a\":\"\\u0073k\"}", "&amp;", ""})
  void otherTextIsKept(String text) {
    assertThat(redactor.redact(text)).isSameAs(text);
  }

  @Test
  void exceptionWithoutTheKeyIsKept() {
    IOException failure = new IOException("unexpected end of stream");

    assertThat(redactor.redact(failure)).isSameAs(failure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\", "%25", "s\0", "&#0", "\\u00", "sk-a/b+c=1.", "%2525\\\\"})
  void noTextTakesLong(String part) {
    String text = Stream.generate(() -> part).limit(200_000).collect(Collectors.joining());

    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(redactor.redact(text)).isSameAs(text));
  }
}
