package io.github.aimlvideo.cli.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody but the page of the studio gets anything. */
class GuardTest {
  @TempDir private Path folder;
  private Studio studio;

  @BeforeEach
  void start() {
    studio = new Studio(folder.resolve("studio"));
  }

  @AfterEach
  void close() {
    studio.close();
  }

  @Test
  void pageOfTheStudioIsLetIn() {
    HttpResponse<byte[]> state = studio.get("state");

    assertThat(state.statusCode()).isEqualTo(200);
    assertThat(Studio.json(state).get("maxUploadBytes").getAsInt()).isEqualTo(100 << 20);
    assertThat(studio.get("state", "Origin", "http://127.0.0.1:" + studio.port()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void everyResponseHasTheHeaders() throws Exception {
    String first = raw("GET / HTTP/1.1", "Host: 127.0.0.1:" + studio.port());
    String policy = "default-src 'none'; script-src 'self'; ";

    for (String response : List.of(first, studio.get("state").headers().map().toString())) {
      assertThat(response.toLowerCase())
          .contains("content-security-policy", policy)
          .contains("x-content-type-options", "nosniff", "referrer-policy", "no-referrer")
          .contains("cache-control", "no-store", "cross-origin-resource-policy", "same-origin");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:PORT",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.evil.example:PORT",
        "[::1]:PORT",
        "",
      })
  void otherHostIsRefused(String host) throws Exception {
    String name = host.replace("PORT", "" + studio.port());

    assertThat(raw("GET " + path() + "state HTTP/1.1", "Host: " + name)).startsWith("HTTP/1.1 403");
  }

  @Test
  void secondHostIsRefused() throws Exception {
    String host = "Host: 127.0.0.1:" + studio.port();

    assertThat(raw("GET " + path() + "state HTTP/1.1", host, "Host: evil.example"))
        .containsPattern("^HTTP/1.1 40[03]");
  }

  @Test
  void localhostIsThisMachineToo() throws Exception {
    assertThat(raw("GET " + path() + "state HTTP/1.1", "Host: localhost:" + studio.port()))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/state", "/x/state", "/%s", "/%sx/state", "//state", "/%S/state"})
  void wrongTokenIsNotFound(String path) throws Exception {
    String token = path().replace("/", "");
    String wrong = path.replace("%S", token.toUpperCase() + "0").replace("%s", token);

    assertThat(raw("GET " + wrong + " HTTP/1.1", "Host: 127.0.0.1:" + studio.port()))
        .startsWith("HTTP/1.1 404");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example", "null", "https://127.0.0.1:PORT", "http://localhost:PORT"})
  void otherOriginIsRefused(String origin) {
    String other = origin.replace("PORT", "" + studio.port());

    assertThat(studio.get("state", "Origin", other).statusCode()).isEqualTo(403);
    assertThat(send("POST", "generations", "Origin", other)).isEqualTo(403);
  }

  @Test
  void postWithoutOriginIsRefused() {
    assertThat(send("POST", "images?name=a.png")).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"PUT", "DELETE", "OPTIONS", "HEAD", "TRACK"})
  void otherMethodIsRefused(String method) {
    assertThat(send(method, "state", "Origin", "http://127.0.0.1:" + studio.port())).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "StudioApi.class",
        "../page/page.js",
        "..%2fstudio%2findex.html",
        "%2fetc%2fpasswd",
        "images/..%2f..%2fetc%2fpasswd",
        "generations/..%2fx/video",
        "generations/x/video",
        "generations/x/image",
        "generations/x/request",
        "nothing.js",
      })
  void nothingElseIsServed(String path) {
    assertThat(studio.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void assetsHaveTheirTypes() {
    HttpResponse<byte[]> forms = studio.get("forms.json");

    assertThat(forms.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(Studio.json(forms).has("models")).isTrue();
  }

  private int send(String method, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(studio.url() + path))
            .method(method, BodyPublishers.noBody());
    return studio.send(headers.length == 0 ? request : request.headers(headers)).statusCode();
  }

  private String path() {
    return URI.create(studio.url()).getPath();
  }

  /** What the server says to these lines. */
  private String raw(String... lines) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", studio.port())) {
      String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
