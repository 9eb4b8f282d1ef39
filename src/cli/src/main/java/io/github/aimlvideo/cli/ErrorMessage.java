package io.github.aimlvideo.cli;

import com.google.gson.JsonParseException;
import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.DownloadException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.InvalidApiKeyException;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.cli.terminal.TerminalText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Words a failure without the names of Java classes: for a person at a terminal in one line, for a
 * program with the text of the server as it came.
 */
public final class ErrorMessage {
  private static final int MAX_LENGTH = 2000;

  /** Of OkHttp. */
  private static final String PROXY_REFUSAL = "Failed to authenticate with proxy";

  private static final Pattern JSON_POSITION = Pattern.compile("line (\\d+) column (\\d+)");

  /** What becomes of a text that a server may have written. */
  private final UnaryOperator<String> quote;

  private ErrorMessage(UnaryOperator<String> quote) {
    this.quote = quote;
  }

  /** The failure of a command, for a person. */
  public static String of(Throwable failure) {
    return TerminalText.message(new ErrorMessage(TerminalText::line).describe(failure));
  }

  /** The failure of a command, for a program. */
  public static String unescaped(Throwable failure) {
    return cut(new ErrorMessage(UnaryOperator.identity()).describe(failure));
  }

  /** The cause of a failure alone, unescaped, for a message that says what failed. */
  public static String reason(Throwable failure) {
    return cut(new ErrorMessage(UnaryOperator.identity()).cause(failure));
  }

  private static String cut(String message) {
    return message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH) + "...";
  }

  private String describe(Throwable failure) {
    if (failure instanceof GenerationFailedException e) return failed(e);
    if (failure instanceof GenerationTimeoutException e) return timedOut(e);
    if (failure instanceof GenerationInterruptedException e) {
      return e.reason()
          + "; "
          + name(e)
          + (isReached(e) ? " is still running" : " may still be running");
    }
    if (failure instanceof CreateOutcomeUnknownException e) return unknown(e);
    if (failure instanceof ApiException e) return refused(e);
    if (failure instanceof DownloadException e && e.getCause() instanceof IOException cause) {
      return "cannot download the video of " + name(e) + ": " + cause(cause);
    }
    if (failure instanceof InvalidApiKeyException) return invalidKey();
    if (failure instanceof IOException) return cause(failure);
    if (failure instanceof VideoException e) return quote.apply(e.getMessage());
    boolean worded =
        failure instanceof IllegalArgumentException || failure instanceof BatchException;
    if (worded && failure.getMessage() != null) return failure.getMessage();
    return "internal error: " + cause(failure) + "; please report it with the output of --verbose";
  }

  private String cause(Throwable failure) {
    if (failure instanceof ApiException e) return message(e);
    if (failure instanceof VideoException e) return describe(e);
    if (failure instanceof JsonParseException) return "not valid JSON" + position(failure);
    if (failure instanceof CharacterCodingException) return "not UTF-8";
    if (failure instanceof NoSuchFileException e) return "no such file: " + e.getFile();
    if (failure instanceof AccessDeniedException e) return "permission denied: " + e.getFile();
    if (failure instanceof FileAlreadyExistsException e) return e.getFile() + " is not a folder";
    if (failure instanceof FileSystemException e && e.getReason() == null) {
      return "cannot access " + e.getFile();
    }
    if (failure instanceof UnknownHostException) {
      return "unknown host: " + quote.apply(String.valueOf(failure.getMessage()));
    }
    if (failure instanceof ConnectException e) return "cannot connect to the server" + detail(e);
    if (failure instanceof SSLException) return tls(failure);
    String message = failure.getMessage();
    if (PROXY_REFUSAL.equals(message)) {
      return "the proxy asks for other credentials (407); check user and password in HTTPS_PROXY";
    }
    return message == null || message.isBlank() ? "no details" : quote.apply(message);
  }

  private String failed(GenerationFailedException e) {
    String why = e.generation().flatMap(VideoGeneration::failureReason).orElse("");
    return name(e)
        + " failed"
        + status(e, " with status ", "")
        + (why.isEmpty() ? "" : ": " + quote.apply(why));
  }

  private String timedOut(GenerationTimeoutException e) {
    Optional<VideoGeneration> last = e.generation();
    boolean completed = last.map(VideoGeneration::isCompleted).orElse(false);
    String state = completed ? " is completed but has no video" : " is still running";
    return (isReached(e) ? name(e) + state : "no status of " + name(e))
        + " after "
        + DurationText.of(e.timeout())
        + status(e, " (status ", ")")
        + (e.getCause() == null ? "" : "; the last poll failed: " + cause(e.getCause()));
  }

  /** Whether a response said anything of the generation. */
  private static boolean isReached(VideoException e) {
    return e.generation().filter(last -> !last.json().isEmpty()).isPresent();
  }

  private String status(VideoException e, String before, String after) {
    String status = e.generation().map(VideoGeneration::status).orElse("");
    return status.isEmpty() ? "" : before + quote.apply(status) + after;
  }

  private String unknown(CreateOutcomeUnknownException e) {
    Throwable cause = e.getCause();
    boolean worded = cause instanceof IOException || cause instanceof ApiException;
    return "unknown whether the create was accepted ("
        + (cause != null && worded ? cause(cause) : quote.apply(e.reason()))
        + "); it may be charged, so it was not repeated (client request id "
        + e.clientRequestId().orElse("")
        + ")";
  }

  private String refused(ApiException e) {
    String before = "";
    if (e.generationId().isEmpty() && e.clientRequestId().isPresent()) {
      before = "nothing was created: ";
    } else if (e.status() == 0 && e.generationId().isPresent()) {
      before = "cannot poll " + name(e) + ": ";
    }
    return before + message(e) + wayOut(e);
  }

  private static String wayOut(ApiException e) {
    return switch (e.status()) {
      case 401 -> "; check AIML_API_KEY";
      case 403 -> "; check the credits and rights of the key";
      case 404 ->
          e.generationId().isPresent() ? "; check the id, and whether it belongs to this key" : "";
      default -> "";
    };
  }

  /** That of the server; without a response, what prevented it. */
  private String message(ApiException e) {
    Throwable cause = e.getCause();
    return e.status() == 0 && cause != null ? cause(cause) : quote.apply(e.getMessage());
  }

  private static String invalidKey() {
    String key = System.getenv("AIML_API_KEY");
    return key == null || key.isBlank()
        ? "no API key; set the environment variable AIML_API_KEY"
        : "the API key has characters that no key has; check the environment variable AIML_API_KEY";
  }

  private String name(VideoException e) {
    return "generation " + quote.apply(e.generationId().orElse(""));
  }

  /** OkHttp adds host and port as Java prints them; its cause has the system's own words. */
  private static String detail(ConnectException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? "" : ": " + cause.getMessage();
  }

  private String tls(Throwable failure) {
    if (failure.getCause() instanceof CertificateException) {
      return "the server's certificate is not trusted; if it should be, add its issuer to Java's trust"
          + " store, or choose one with JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE";
    }
    return failure instanceof SSLPeerUnverifiedException
        ? "the server's certificate is for another host"
        : "TLS failed: " + quote.apply(String.valueOf(failure.getMessage()));
  }

  /** Gson names the place in a sentence that also names its own methods. */
  private static String position(Throwable failure) {
    Matcher place = JSON_POSITION.matcher(String.valueOf(failure.getMessage()));
    return place.find() ? " (line " + place.group(1) + ", column " + place.group(2) + ")" : "";
  }
}
