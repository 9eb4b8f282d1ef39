package io.github.aimlvideo;

/** There is no API key, or it cannot be one; nothing was sent. The message never shows it. */
public final class InvalidApiKeyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidApiKeyException(String message) {
    super(message);
  }
}
