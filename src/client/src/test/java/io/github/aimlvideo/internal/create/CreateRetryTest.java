package io.github.aimlvideo.internal.create;

import static io.github.aimlvideo.fixture.RawServer.inOrder;
import static io.github.aimlvideo.fixture.RawServer.reset;
import static io.github.aimlvideo.fixture.RawServer.respond;
import static io.github.aimlvideo.fixture.RawServer.thenClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.GenerationListener;
import io.github.aimlvideo.RetryPolicy;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.VideoClientBuilder;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.fixture.FakeScheduler;
import io.github.aimlvideo.fixture.RawServer;
import io.github.aimlvideo.fixture.RawServer.Step;
import io.github.aimlvideo.fixture.Samples;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The client retries only creates that never reached the server, and nothing else retries any. */
@Timeout(60)
class CreateRetryTest {
  private static final String QUEUED = "{\"id\":\"abc\",\"status\":\"queued\"}";
  private static final Step ACCEPTED = respond(200, QUEUED);

  @Test
  void createsAndPollsShareAConnection() throws Exception {
    try (RawServer server = new RawServer(request -> ACCEPTED);
        VideoClient client = client(server).build()) {
      client.get(client.create(Samples.minimal()).id());
      client.create(Samples.minimal());

      assertThat(server.openConnections()).isOne();
    }
  }

  @Test
  void connectionThatTheServerHasClosedIsNotReused() throws Exception {
    try (RawServer server = new RawServer(inOrder(thenClose(ACCEPTED)));
        VideoClient client = client(server).build()) {
      for (int i = 0; i < 3; i++) {
        client.create(Samples.minimal());
        server.awaitNoConnection();
      }

      assertThat(server.requests("POST")).hasSize(3);
    }
  }

  @Test
  void createOnAResetConnectionIsNotRetried() throws IOException {
    try (RawServer server = new RawServer(inOrder(ACCEPTED, reset(), ACCEPTED));
        VideoClient client = client(server).build()) {
      client.create(Samples.minimal());
      var unknown =
          catchThrowableOfType(
              CreateOutcomeUnknownException.class, () -> client.create(Samples.minimal()));

      assertThat(unknown).isNotNull();
      assertThat(server.requests("POST")).hasSize(2);
    }
  }

  static Stream<Step> responsesThatOkHttpRetries() {
    return Stream.of(
        respond(408, ""),
        respond(408, "", "Retry-After: 0"),
        respond(421, ""),
        respond(401, "", "WWW-Authenticate: Basic"),
        respond(500, "", "Retry-After: 0"));
  }

  @ParameterizedTest
  @MethodSource("responsesThatOkHttpRetries")
  void okHttpDoesNotRetry(Step response) throws IOException {
    OkHttpClient eager =
        new OkHttpClient.Builder()
            .authenticator(
                (route, refusal) -> refusal.request().newBuilder().header("X-Retry", "1").build())
            .build();

    try (RawServer server = new RawServer(inOrder(response, ACCEPTED));
        VideoClient client = client(server).httpClient(eager).build()) {
      catchThrowableOfType(VideoException.class, () -> client.create(Samples.minimal()));

      assertThat(server.requests("POST")).hasSize(1);
    }
  }

  @Test
  void unavailableWithoutDelayIsRetriedByTheClientOnly() throws IOException {
    Step unavailable = respond(503, "", "Retry-After: 0");
    try (RawServer server = new RawServer(inOrder(unavailable));
        VideoClient client =
            client(server).retryPolicy(RetryPolicy.DEFAULT.withMaxAttempts(3)).build()) {
      catchThrowableOfType(ApiException.class, () -> client.create(Samples.minimal()));

      assertThat(server.requests("POST")).hasSize(3);
    }
  }

  @Test
  void generatedInterfaceDoesNotRetry() throws IOException {
    try (RawServer server = new RawServer(inOrder(respond(503, "", "Retry-After: 0"), ACCEPTED));
        VideoClient client = client(server).build()) {
      assertThat(client.api().create(Samples.minimal(), null).execute().code()).isEqualTo(503);
      assertThat(server.requests("POST")).hasSize(1);
    }
  }

  @Test
  void interceptorOfTheCallerCannotRetry() throws IOException {
    OkHttpClient retrying =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  var first = chain.proceed(chain.request().newBuilder().tag(null).build());
                  if (first.isSuccessful()) return first;
                  first.close();
                  return chain.proceed(chain.request());
                })
            .build();

    try (RawServer server = new RawServer(inOrder(respond(502, ""), ACCEPTED));
        VideoClient client = client(server).httpClient(retrying).build()) {
      var unknown =
          catchThrowableOfType(
              CreateOutcomeUnknownException.class, () -> client.create(Samples.minimal()));

      assertThat(unknown).isNotNull();
      assertThat(server.requests("POST")).hasSize(1);
    }
  }

  /** RFC 9113, section 8.7: a refused stream was not processed. */
  @Test
  void refusedHttp2StreamIsRetried() throws IOException {
    MockWebServer server = new MockWebServer();
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    server.start();
    int refusedStream = 7;
    int cancelled = 8;
    server.enqueue(closingStream(refusedStream));
    server.enqueue(new MockResponse.Builder().body(QUEUED).build());
    server.enqueue(closingStream(cancelled));
    OkHttpClient http2 =
        new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();

    try (FakeScheduler scheduler = new FakeScheduler();
        VideoClient client =
            VideoClient.builder()
                .apiKey("k")
                .baseUrl(server.url("/").toString())
                .httpClient(http2)
                .scheduler(scheduler)
                .recoveryTimeout(Duration.ZERO)
                .build()) {
      assertThat(client.create(Samples.minimal()).id()).isEqualTo("abc");
      assertThat(
              catchThrowableOfType(
                  CreateOutcomeUnknownException.class, () -> client.create(Samples.minimal())))
          .as("a stream that was closed for another reason")
          .hasMessageContaining("CANCEL");
    } finally {
      server.close();
    }
  }

  private static MockResponse closingStream(int errorCode) {
    return new MockResponse.Builder()
        .onRequestStart(new SocketEffect.CloseStream(errorCode))
        .build();
  }

  static Stream<OkHttpClient> clientsThatCannotConnect() {
    OkHttpClient.Builder unknownHost =
        new OkHttpClient.Builder()
            .dns(
                host -> {
                  throw new UnknownHostException(host);
                });
    OkHttpClient.Builder timeout = new OkHttpClient.Builder().socketFactory(new Unreachable());
    return Stream.of(unknownHost.build(), timeout.build());
  }

  @ParameterizedTest
  @MethodSource("clientsThatCannotConnect")
  void unsentCreateIsRetriedAndThenFails(OkHttpClient http) throws IOException {
    AtomicInteger retries = new AtomicInteger();
    GenerationListener counting =
        new GenerationListener() {
          @Override
          public void onCreateRetry(String clientRequestId, ApiException cause) {
            retries.incrementAndGet();
          }
        };
    try (RawServer server = new RawServer(inOrder(ACCEPTED));
        VideoClient client =
            client(server)
                .baseUrl(server.url().replace("127.0.0.1", "localhost"))
                .httpClient(http)
                .listener(counting)
                .build()) {
      var rejected =
          catchThrowableOfType(ApiException.class, () -> client.create(Samples.minimal()));

      assertThat(rejected.status()).isZero();
      assertThat(retries).hasValue(4);
      assertThat(server.requests("POST")).isEmpty();
    }
  }

  @Test
  void failedTlsHandshakeMeansNothingWasSent() throws IOException {
    try (RawServer plain = new RawServer(inOrder(ACCEPTED));
        VideoClient client =
            client(plain).baseUrl(plain.url().replace("http:", "https:")).build()) {
      var rejected =
          catchThrowableOfType(ApiException.class, () -> client.create(Samples.minimal()));

      assertThat(rejected.status()).isZero();
      assertThat(plain.requests("POST")).isEmpty();
    }
  }

  @Test
  void refusedConnectionIsNamed() throws IOException {
    RawServer gone = new RawServer(inOrder(ACCEPTED));
    gone.close();

    try (VideoClient client = client(gone).build()) {
      var rejected =
          catchThrowableOfType(ApiException.class, () -> client.create(Samples.minimal()));

      assertThat(rejected).hasMessageContaining("Failed to connect");
    }
  }

  @Test
  void cancelledCreateThatIsNotOnTheWireIsNeverSent() throws Exception {
    CountDownLatch arrived = new CountDownLatch(4);
    RawServer.Script hanging =
        request -> {
          arrived.countDown();
          return request.method().equals("POST") ? RawServer.hang() : respond(404, "");
        };
    try (RawServer server = new RawServer(hanging);
        VideoClient client = client(server).maxConcurrentRequests(4).build()) {
      var futures =
          Stream.generate(() -> client.generateAsync(Samples.minimal())).limit(8).toList();
      arrived.await();
      futures.forEach(future -> future.cancel(true));
      server.endConnections();
      catchThrowableOfType(ApiException.class, () -> client.get("abc"));

      assertThat(server.requests("POST")).hasSize(4);
    }
  }

  private static VideoClientBuilder client(RawServer server) {
    return VideoClient.builder()
        .apiKey("key")
        .baseUrl(server.url())
        .scheduler(new FakeScheduler())
        .recoveryTimeout(Duration.ZERO);
  }

  /** Sockets that never connect. */
  private static final class Unreachable extends SocketFactory {
    @Override
    public Socket createSocket() {
      return new Socket() {
        @Override
        public void connect(SocketAddress address, int timeout) throws IOException {
          throw new SocketTimeoutException("connect timed out: " + (InetSocketAddress) address);
        }
      };
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, java.net.InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(java.net.InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(
        java.net.InetAddress host, int port, java.net.InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
