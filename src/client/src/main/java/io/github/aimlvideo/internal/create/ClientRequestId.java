package io.github.aimlvideo.internal.create;

import io.github.aimlvideo.internal.values.ShortText;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/** The {@code X-Client-Request-Id}; the server silently drops any other form. */
public final class ClientRequestId {
  private static final Pattern DOCUMENTED = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  private ClientRequestId() {}

  /** A new one. */
  public static String random() {
    return UUID.randomUUID().toString();
  }

  /**
   * The caller's.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public static String checked(String id) {
    if (DOCUMENTED.matcher(Objects.requireNonNull(id, "clientRequestId")).matches()) return id;
    throw new IllegalArgumentException(
        "client request id must be 1 to 128 characters of A-Z a-z 0-9 . _ : -, not '"
            + ShortText.value(id)
            + "'");
  }
}
