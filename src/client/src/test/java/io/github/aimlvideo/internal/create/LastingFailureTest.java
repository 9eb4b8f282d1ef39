package io.github.aimlvideo.internal.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.fixture.RawServer;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import io.github.aimlvideo.fixture.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A certificate or a proxy that refuses every attempt ends a call at its first one. */
@Timeout(60)
class LastingFailureTest {
  private static final Function<VideoClient, Object> CREATE = c -> c.create(Samples.minimal());
  private static final Function<VideoClient, Object> AWAIT = c -> c.await(Server.ID);
  private static final Function<VideoClient, Object> GET = c -> c.get(Server.ID);

  private final Server server = new Server();
  private final Tls tls = new Tls();

  @TempDir Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  static Stream<Function<VideoClient, Object>> calls() {
    return Stream.of(CREATE, AWAIT, GET);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void untrustedCertificateNamesTheTrustStore(Function<VideoClient, Object> call) {
    server.web.useHttps(tls.server());

    ApiException failure = failure(client("localhost", new OkHttpClient()), call);

    assertThat(failure)
        .hasMessageContaining("the server's certificate is not trusted (PKIX path building failed")
        .hasMessageContaining("lib/security/cacerts")
        .hasMessageContaining("-Djavax.net.ssl.trustStore=FILE");
    assertThat(failure.generationId().isPresent()).isEqualTo(call != CREATE);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void certificateOfAnotherHostIsNamed(Function<VideoClient, Object> call) {
    server.web.useHttps(tls.server());

    assertThat(failure(client("127.0.0.1", tls.client()), call))
        .hasMessageContaining("the server's certificate is for another host (Hostname 127.0.0.1")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void untrustedCertificateEndsADownload() {
    server.web.useHttps(tls.server());
    VideoGeneration generation =
        VideoGeneration.of(
            new io.github.aimlvideo.model.VideoGenerationResponse()
                .id(Server.ID)
                .video(
                    new io.github.aimlvideo.model.VideoFile()
                        .url("https://localhost:" + server.web.getPort() + "/video.mp4")));

    try (VideoClient client = server.client().retryPolicy(RetryPolicy.DEFAULT).build()) {
      DownloadException failure =
          catchThrowableOfType(
              DownloadException.class,
              () -> client.download(generation, folder.resolve("video.mp4")));

      assertThat(failure)
          .hasMessageContaining("the server's certificate is not trusted")
          .hasMessageContaining("trust store");
    }
    assertThat(server.scheduler.delays()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void refusalOfTheProxyIsSaidOnce(Function<VideoClient, Object> call) throws IOException {
    try (RawServer proxy =
        new RawServer(
            RawServer.inOrder(
                RawServer.respond(407, "", "Proxy-Authenticate: Basic realm=\"a\"")))) {
      OkHttpClient http = new OkHttpClient.Builder().proxy(address(proxy)).build();
      VideoClient client =
          server
              .client()
              .baseUrl("https://api.example.com")
              .httpClient(http)
              .retryPolicy(RetryPolicy.DEFAULT)
              .build();

      assertThat(failure(client, call))
          .hasMessageContaining("the proxy requires authentication (407); give it a user");
      assertThat(proxy.requests("CONNECT")).hasSize(1);
    }
  }

  /** As on a network whose own page has to be visited first. */
  @Test
  void pollThatWasAnsweredBeforeIsRetried() {
    server.status("queued").completed("https://a/b");
    int[] polls = {0};
    OkHttpClient http =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  if (chain.request().method().equals("GET") && polls[0]++ == 0) {
                    throw new javax.net.ssl.SSLPeerUnverifiedException("Hostname not verified");
                  }
                  return chain.proceed(chain.request());
                })
            .build();

    try (VideoClient client = server.client().httpClient(http).build()) {
      assertThat(client.generate(Samples.minimal()).isCompleted()).isTrue();
    }
    assertThat(polls[0]).isEqualTo(2);
  }

  private VideoClient client(String host, OkHttpClient http) {
    return server
        .client()
        .baseUrl("https://" + host + ":" + server.web.getPort())
        .httpClient(http)
        .retryPolicy(RetryPolicy.DEFAULT)
        .build();
  }

  /** Nothing is attempted a second time. */
  private ApiException failure(VideoClient client, Function<VideoClient, Object> call) {
    try (client) {
      ApiException failure = catchThrowableOfType(ApiException.class, () -> call.apply(client));
      assertThat(failure.status()).isZero();
      assertThat(server.scheduler.delays()).isEmpty();
      return failure;
    }
  }

  private static Proxy address(RawServer proxy) {
    URI url = URI.create(proxy.url());
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(url.getHost(), url.getPort()));
  }
}
