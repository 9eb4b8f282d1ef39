package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.aimlvideo.cli.fixture.CommandLineFixture;
import io.github.aimlvideo.cli.fixture.ForkedJvm;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies from the environment; the server of the fixture is one. */
class ProxyTest extends CommandLineFixture {
  private static final String CREDENTIALS = "Basic dXNlcjpwQHNz"; // user:p@ss

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://api.example/v2 | a:1 | HTTPS_PROXY=http://a:1",
        "https://api.example/v2 | a:1 | https_proxy=a:1 HTTPS_PROXY=b:2",
        "https://api.example/v2 | a:1 | HTTPS_PROXY=user:secret@a:1/",
        "https://api.example/v2 | a:80 | HTTPS_PROXY=http://a",
        "https://api.example/v2 | ::1:3128 | HTTPS_PROXY=http://[::1]:3128",
        "https://api.example/v2 | a:1 | ALL_PROXY=a:1",
        "https://api.example/v2 | a:1 | ALL_PROXY=socks5://b:2 HTTPS_PROXY=a:1 HTTP_PROXY=a:1",
        "https://api.example/v2 | a:1 | all_proxy=b:2 https_proxy=a:1",
        "http://cdn.example/v | b:2 | HTTPS_PROXY=a:1 HTTP_PROXY=b:2",
        "http://cdn.example/v | direct | HTTPS_PROXY=a:1",
        "https://api.example/v2 | direct | HTTP_PROXY=a:1",
        "https://localhost:1/v2 | direct | ALL_PROXY=a:1",
        "http://127.0.0.1:1/v2 | direct | ALL_PROXY=a:1",
        "http://[::1]:1/v2 | direct | ALL_PROXY=a:1",
        "https://api.example/v2 | direct | ALL_PROXY=a:1 NO_PROXY=*",
        "https://api.example/v2 | direct | ALL_PROXY=a:1 NO_PROXY=b,API.example",
        "https://api.example/v2 | direct | ALL_PROXY=a:1 no_proxy=example",
        "https://api.example/v2 | direct | ALL_PROXY=a:1 no_proxy=.example",
        "https://api.example/v2 | direct | ALL_PROXY=a:1 no_proxy=*.example",
        "https://api.example:8/v2 | direct | ALL_PROXY=a:1 NO_PROXY=api.example:8",
        "https://api.example:9/v2 | a:1 | ALL_PROXY=a:1 NO_PROXY=api.example:8",
        "https://api.example/v2 | a:1 | ALL_PROXY=a:1 NO_PROXY=pi.example,api.example.org",
        "https://10.0.0.1/v2 | direct | ALL_PROXY=a:1 NO_PROXY=10.0.0.1",
      })
  void proxyOfAnAddress(String url, String proxy, String variables) {
    var selected = client(variables).proxySelector().select(URI.create(url)).get(0);

    InetSocketAddress address = (InetSocketAddress) selected.address();
    String shown = address == null ? "direct" : address.getHostString() + ":" + address.getPort();
    assertThat(shown).isEqualTo(proxy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTPS_PROXY=", "NO_PROXY=a", "https_proxy= "})
  void environmentWithoutAProxyChangesNothing(String variables) {
    assertThat(ProxySettings.client(environment(variables))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY=socks5://user:secret@a:1, HTTPS_PROXY, socks5://a:1",
    "http_proxy=https://user:secret@a:1, http_proxy, https://a:1",
    "ALL_PROXY=user:secret@a:99999, ALL_PROXY, a:99999",
    "https_proxy=http://, https_proxy, http://",
  })
  void otherValueIsRefusedWithoutItsCredentials(String variable, String name, String shown) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client(variable))
        .withMessage(
            name + " is not the URL of an HTTP proxy, such as http://proxy.example:3128: " + shown);
  }

  @Test
  void credentialsAreSentWhenTheProxyAsksForThem() throws Exception {
    server.enqueue(new MockResponse.Builder().code(407).build());
    server.enqueue(new MockResponse.Builder().body("video").build());
    OkHttpClient http = client("HTTP_PROXY=http://user:p%40ss@localhost:" + server.getPort());

    Request request = new Request.Builder().url("http://cdn.invalid/v.mp4").build();
    try (Response response = http.newCall(request).execute()) {
      assertThat(response.body().string()).isEqualTo("video");
    }
    assertThat(server.takeRequest().getHeaders().get("Proxy-Authorization")).isNull();
    var second = server.takeRequest();
    assertThat(second.getRequestLine()).isEqualTo("GET http://cdn.invalid/v.mp4 HTTP/1.1");
    assertThat(second.getHeaders().get("Proxy-Authorization")).isEqualTo(CREDENTIALS);
  }

  @Test
  void serverBehindTheTunnelDoesNotGetTheCredentials() throws Exception {
    OkHttpClient http = client("ALL_PROXY=http://user:p%40ss@a:1");
    Request request = new Request.Builder().url("https://cdn.example/v.mp4").build();
    Response asks =
        new Response.Builder()
            .request(request)
            .protocol(Protocol.HTTP_1_1)
            .code(407)
            .message("")
            .build();

    assertThat(http.proxyAuthenticator().authenticate(null, asks)).isNull();
    Response proxyAsks =
        asks.newBuilder().request(request.newBuilder().method("CONNECT", null).build()).build();
    assertThat(http.proxyAuthenticator().authenticate(null, proxyAsks)).isNotNull();
  }

  @Test
  void commandUsesTheProxyAndSaysWhatItRefuses() throws Exception {
    for (int i = 0; i < 20; i++) server.enqueue(new MockResponse.Builder().code(407).build());
    String variable = "HTTPS_PROXY=http://user:p%40ss@localhost:" + server.getPort();
    String[] args = {"generate", "https://a/b", "-p", "fox", "--base-url", "https://api.invalid"};

    try (ForkedJvm run = ForkedJvm.startWithVariable(variable, folder, Main.class, args)) {
      assertThat(run.exitCode()).isEqualTo(5);
      assertThat(run.err())
          .isEqualTo(
              "aiml-video: nothing was created: the proxy asks for other credentials (407); check"
                  + " user and password in HTTPS_PROXY\n")
          .doesNotContain("p@ss", "p%40ss", "user:");
      assertThat(run.out()).isEmpty();
    }
    var first = server.takeRequest(1, TimeUnit.SECONDS);
    assertThat(first.getRequestLine()).isEqualTo("CONNECT api.invalid:443 HTTP/1.1");
    assertThat(first.getHeaders().get("Authorization")).isNull();
    assertThat(first.getHeaders().get("Proxy-Authorization")).isEqualTo(CREDENTIALS);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  private static OkHttpClient client(String variables) {
    return ProxySettings.client(environment(variables)).orElseThrow();
  }

  private static Map<String, String> environment(String variables) {
    return Stream.of(variables.split(" "))
        .filter(each -> each.contains("="))
        .collect(
            Collectors.toMap(each -> each.split("=")[0], each -> each.replaceFirst(".*?=", "")));
  }
}
