package io.github.aimlvideo;

/** The API key is missing or malformed; nothing was sent. The message never shows the key. */
public final class InvalidApiKeyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** A message without the key. */
  public InvalidApiKeyException(String message) {
    super(message);
  }
}
