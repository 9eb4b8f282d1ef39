package io.github.aimlvideo.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.InvalidApiKeyException;
import io.github.aimlvideo.VideoClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConfigTest {
  @ParameterizedTest
  @CsvSource({
    "https://api.aimlapi.com, https://api.aimlapi.com/",
    "https://example.com/proxy/, https://example.com/proxy/",
    "http://127.0.0.1:4010, http://127.0.0.1:4010/",
    "http://localhost:4010/x, http://localhost:4010/x/",
    "http://[::1]:4010, http://[::1]:4010/",
  })
  void baseUrlEndsWithASlash(String given, String used) {
    assertThat(ClientConfig.checkedBaseUrl(given)).hasToString(used);
  }

  @ParameterizedTest
  @CsvSource({
    "api.aimlapi.com, not an http(s) URL",
    "ftp://api.aimlapi.com, not an http(s) URL",
    "http://api.aimlapi.com, must be https",
    "http://127.0.0.1.example.com, must be https",
    "https://api.aimlapi.com/v2, must not contain /v2",
    "https://api.aimlapi.com/v2/, must not contain /v2",
    "https://api.aimlapi.com?x=1, scheme",
    "https://api.aimlapi.com?key=secret, 'only scheme, host and path: https://api.aimlapi.com/'",
    "https://api.aimlapi.com#secret, 'only scheme, host and path: https://api.aimlapi.com/'",
    "https://:secret@api.aimlapi.com, 'only scheme, host and path: https://api.aimlapi.com/'",
    "https://secret@api.aimlapi.com, scheme",
    "https:me:secret@api.aimlapi.com, scheme",
    "https:\\\\:secret@api.aimlapi.com, scheme",
    "https://me%3Asecret%40x@api.aimlapi.com, scheme",
    "http://:secret@127.0.0.1:4010, scheme",
    "https://:secret@api.aimlapi.com/v2, scheme",
    "me:secret@api.aimlapi.com, 'not an http(s) URL: api.aimlapi.com'",
    ":secret@api.aimlapi.com, 'not an http(s) URL: api.aimlapi.com'",
    "ftp://me:secret@api.aimlapi.com, 'not an http(s) URL: api.aimlapi.com'",
    "https://me:secret@secret@api aimlapi.com, 'not an http(s) URL: api aimlapi.com'",
    "'https://me:secret\n@api aimlapi.com', 'not an http(s) URL: api aimlapi.com'",
    "https://me:secret\uFF20api.aimlapi.com, not an http(s) URL",
    "https://me:secret%40api.aimlapi.com, not an http(s) URL",
    "https://me:secret@api.aimlapi.com, scheme",
    "http://me:secret@api.aimlapi.com, scheme",
    "https://me:secret@api aimlapi.com, not an http(s) URL",
    "https://api.aimlapi.com/v2/video/generations, must not contain /v2",
  })
  void otherBaseUrlsAreRefused(String given, String why) {
    assertThatThrownBy(() -> VideoClient.builder().apiKey("k").baseUrl(given).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("secret");
  }

  @Test
  void keyIsTrimmed() {
    assertThat(ClientConfig.checkedKey(" abc\n")).isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "secret secret", "secret\nsecret", "secrét"})
  void otherKeysAreRefusedAndNotShown(String key) {
    assertThatThrownBy(() -> VideoClient.builder().apiKey(key).build())
        .isInstanceOf(InvalidApiKeyException.class)
        .hasMessageContaining("apiKey()")
        .hasMessageNotContaining("AIML_API_KEY")
        .hasMessageNotContaining("secr");
  }
}
