package io.github.aimlvideo.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import io.github.aimlvideo.fixture.Tls;
import java.io.IOException;
import java.nio.file.Path;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A download follows redirects to https, but never back. */
class DownloadRedirectTest {
  private final Tls tls = new Tls();
  private final Server server = new Server();
  private final VideoClient client = server.client().httpClient(tls.client()).build();
  private final MockWebServer plain = new MockWebServer();
  private final MockWebServer encrypted = new MockWebServer();
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    encrypted.useHttps(tls.server());
    plain.start();
    encrypted.start();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    plain.close();
    encrypted.close();
  }

  @Test
  void redirectToHttpsIsFollowed() {
    plain.enqueue(redirect(encrypted.url("/video.mp4").toString()));
    encrypted.enqueue(new MockResponse.Builder().body("video").build());

    Path file = client.download(completed(plain), folder.resolve("video.mp4"));

    assertThat(file).hasContent("video");
  }

  @Test
  void redirectFromHttpsToHttpIsRefused() {
    encrypted.enqueue(redirect(plain.url("/video.mp4").toString()));

    assertThatThrownBy(() -> client.download(completed(encrypted), folder.resolve("video.mp4")))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("a redirect from https to http");
    assertThat(plain.getRequestCount()).isZero();
  }

  private static MockResponse redirect(String to) {
    return new MockResponse.Builder().code(302).addHeader("Location", to).build();
  }

  private static VideoGeneration completed(MockWebServer cdn) {
    String url = cdn.url("/f").toString();
    return Samples.generation("{\"status\":\"completed\",\"video\":{\"url\":\"" + url + "\"}}");
  }
}
