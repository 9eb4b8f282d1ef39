package io.github.aimlvideo;

import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/** The {@code X-Client-Request-Id}; the server drops one of another alphabet in silence. */
final class ClientRequestId {
  private static final Pattern DOCUMENTED = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  private ClientRequestId() {}

  static String random() {
    return UUID.randomUUID().toString();
  }

  static String checked(String id) {
    if (DOCUMENTED.matcher(Objects.requireNonNull(id, "clientRequestId")).matches()) return id;
    throw new IllegalArgumentException(
        "client request id must be 1 to 128 characters of A-Z a-z 0-9 . _ : -, not '" + id + "'");
  }
}
