package io.github.aimlvideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.model.GenerationError;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorMessageTest {
  private static final SocketTimeoutException TIMEOUT = new SocketTimeoutException("timeout");

  @ParameterizedTest
  @MethodSource
  void failureIsWordedForATerminal(Throwable failure, String message) {
    assertThat(ErrorMessage.of(failure)).isEqualTo(message);
  }

  static Stream<Arguments> failureIsWordedForATerminal() {
    VideoGeneration running = VideoGeneration.of(response("generating"));
    VideoGeneration unseen = VideoGeneration.of(response(""), "", null);
    VideoGeneration completed = VideoGeneration.of(response("completed"));
    VideoGeneration failed =
        VideoGeneration.of(
            response("error").error(new GenerationError().name("Refused").message("No face")));
    return Stream.of(
        Arguments.of(
            new GenerationFailedException(failed),
            "generation abc failed with status error: Refused: No face"),
        Arguments.of(
            new GenerationTimeoutException(running, Duration.ofSeconds(1000), null),
            "generation abc is still running after 16m40s (status generating)"),
        Arguments.of(
            new GenerationTimeoutException(completed, Duration.ofMillis(300), TIMEOUT),
            "generation abc is completed but has no video after 300ms (status completed);"
                + " the last poll failed: timeout"),
        Arguments.of(
            new GenerationInterruptedException(running, "interrupted", null),
            "interrupted; generation abc is still running"),
        Arguments.of(
            new GenerationInterruptedException(unseen, "interrupted", null),
            "interrupted; generation abc may still be running"),
        Arguments.of(
            new GenerationTimeoutException(unseen, Duration.ofSeconds(1000), TIMEOUT),
            "no status of generation abc after 16m40s; the last poll failed: timeout"),
        Arguments.of(
            new CreateOutcomeUnknownException("java.net.SocketTimeoutException", "c1", TIMEOUT),
            "unknown whether the create was accepted (timeout); it may be charged, so it was"
                + " not repeated (client request id c1)"),
        Arguments.of(
            new CreateOutcomeUnknownException("the client was closed", "c1", null),
            "unknown whether the create was accepted (the client was closed); it may be charged, so"
                + " it was not repeated (client request id c1)"),
        Arguments.of(
            new ApiException(401, "POST /v2 returned 401"),
            "POST /v2 returned 401; check AIML_API_KEY"),
        Arguments.of(
            new ApiException(403, "POST /v2 returned 403"),
            "POST /v2 returned 403; check the credits and rights of the key"),
        Arguments.of(new ApiException(400, "POST /v2 returned 400"), "POST /v2 returned 400"),
        Arguments.of(unreachable(null), "nothing was created: timeout"),
        Arguments.of(unreachable(running), "cannot poll generation abc: timeout"),
        Arguments.of(
            new DownloadException("IOException", running, new IOException("No space left")),
            "cannot download the video of generation abc: No space left"),
        Arguments.of(
            new DownloadException("generation abc: the link returned 418", running, null),
            "generation abc: the link returned 418"),
        Arguments.of(new IllegalArgumentException("one\n two"), "one\\n two"),
        Arguments.of(
            new IllegalStateException("bug"),
            "internal error: bug; please report it with the output of --verbose"));
  }

  @ParameterizedTest
  @MethodSource
  void causeIsWordedWithoutJava(Throwable cause, String message) {
    assertThat(ErrorMessage.reason(cause)).isEqualTo(message);
  }

  static Stream<Arguments> causeIsWordedWithoutJava() {
    ConnectException refused = new ConnectException("Failed to connect to /127.0.0.1:1");
    refused.initCause(new ConnectException("Connection refused"));
    return Stream.of(
        Arguments.of(new NoSuchFileException("a.png"), "no such file: a.png"),
        Arguments.of(new AccessDeniedException("a.png"), "permission denied: a.png"),
        Arguments.of(new FileAlreadyExistsException("a.png"), "a.png is not a folder"),
        Arguments.of(new FileSystemException("a.png"), "cannot access a.png"),
        Arguments.of(new FileSystemException("a", null, "Is a directory"), "a: Is a directory"),
        Arguments.of(new MalformedInputException(1), "not UTF-8"),
        Arguments.of(new UnknownHostException("a.example"), "unknown host: a.example"),
        Arguments.of(refused, "cannot connect to the server: Connection refused"),
        Arguments.of(
            new SSLHandshakeException("PKIX").initCause(new CertificateException("PKIX")),
            "the server's certificate is not trusted; if it should be, add its issuer to Java's"
                + " trust store, or choose one with"
                + " JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE"),
        Arguments.of(
            new IOException("Failed to authenticate with proxy"),
            "the proxy asks for other credentials (407); check user and password in HTTPS_PROXY"),
        Arguments.of(
            new SSLPeerUnverifiedException("Hostname a not verified"),
            "the server's certificate is for another host"),
        Arguments.of(new SSLHandshakeException("closed"), "TLS failed: closed"),
        Arguments.of(new EOFException(), "no details"),
        Arguments.of(invalidJson("{\"a\": 1,\n 2}"), "not valid JSON (line 2, column 4)"),
        Arguments.of(unreachable(null), "timeout"),
        Arguments.of(new ApiException(500, "GET /v2 returned 500"), "GET /v2 returned 500"));
  }

  @Test
  void longMessageIsCut() {
    assertThat(ErrorMessage.of(new IllegalArgumentException("x".repeat(5000)))).hasSize(2003);
  }

  private static ApiException unreachable(VideoGeneration generation) {
    return new ApiException("SocketTimeoutException", 0, null, null, generation, "c1", TIMEOUT);
  }

  private static Throwable invalidJson(String text) {
    try {
      throw new AssertionError(JsonParser.parseString(text));
    } catch (JsonSyntaxException e) {
      return e;
    }
  }

  private static VideoGenerationResponse response(String status) {
    return new VideoGenerationResponse().id("abc").status(status);
  }
}
