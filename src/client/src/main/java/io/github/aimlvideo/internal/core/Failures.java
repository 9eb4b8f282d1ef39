package io.github.aimlvideo.internal.core;

import io.github.aimlvideo.VideoException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Exceptions of others, for our messages. */
public final class Failures {
  private static final int MAX_LENGTH = 200;

  /** OkHttp's, if there are no credentials for the proxy or it refuses them. */
  private static final String PROXY_REFUSAL = "Failed to authenticate with proxy";

  private Failures() {}

  /** One line without the names of Java's classes, as far as there is anything else to say. */
  public static String describe(Throwable failure) {
    if (failure instanceof VideoException ours) return ours.getMessage();
    if (failure instanceof OutOfMemoryError) return "out of memory";
    if (failure instanceof StackOverflowError) return "stack overflow";
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    if (message == null || message.isBlank()) return name;
    if (isUntrusted(failure)) return untrusted(failure, shortened(message));
    if (isProxyRefusal(failure)) {
      return "the proxy requires authentication (407); give it a user and password, as in"
          + " HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT or the OkHttp client's proxyAuthenticator";
    }
    if (failure instanceof NoSuchFileException) return "no such file: " + message;
    if (failure instanceof AccessDeniedException) return "permission denied: " + message;
    if (failure instanceof UnknownHostException) return "unknown host: " + message;
    return failure instanceof IOException ? message : name + ": " + message;
  }

  /** Whether another attempt would fail as well: because of a certificate, or of the proxy. */
  public static boolean isLasting(Throwable failure) {
    return isUntrusted(failure) || isProxyRefusal(failure);
  }

  private static boolean isProxyRefusal(Throwable failure) {
    return failure instanceof IOException && PROXY_REFUSAL.equals(failure.getMessage());
  }

  /** Any other handshake may fail because of the network. */
  private static boolean isUntrusted(Throwable failure) {
    if (failure instanceof SSLPeerUnverifiedException) return true; // another host's
    if (!(failure instanceof SSLException)) return false;
    Throwable cause = failure.getCause();
    return cause instanceof CertificateException
        || cause instanceof CertPathValidatorException
        || cause instanceof CertPathBuilderException;
  }

  private static String untrusted(Throwable failure, String message) {
    if (failure instanceof SSLPeerUnverifiedException) {
      return "the server's certificate is for another host ("
          + message
          + "); check the URL, or whether a proxy answers for the host";
    }
    String cacerts = Path.of(System.getProperty("java.home"), "lib/security/cacerts").toString();
    return "the server's certificate is not trusted ("
        + message
        + "); if it should be, add its issuer to the trust store "
        + System.getProperty("javax.net.ssl.trustStore", cacerts)
        + ", or choose another one with JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE";
  }

  /** One line of at most 200 characters. */
  public static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
  }

  /** The failure itself instead of the wrapper that a future puts around it. */
  public static Throwable unwrap(Throwable failure) {
    boolean wrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    Throwable cause = failure.getCause();
    return wrapper && cause != null ? cause : failure;
  }
}
