package io.github.aimlvideo;

import io.github.aimlvideo.internal.values.ShortText;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Base class of all failures of the client.
 *
 * <p>Each subclass asks for another reaction and says whether the generation may have been charged.
 * All carry the generation, its id and the client request id, as far as they are known.
 */
public abstract class VideoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable transient VideoGeneration generation;
  private final @Nullable String generationId;
  private final @Nullable String clientRequestId;

  VideoException(
      String message,
      @Nullable Throwable cause,
      @Nullable VideoGeneration generation,
      @Nullable String clientRequestId) {
    super(ShortText.message(message), cause);
    this.generation = generation;
    this.generationId = generation == null ? null : generation.id();
    this.clientRequestId = clientRequestId;
  }

  /** What happened and how far it got, in one line of at most 2,000 characters. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage()); // each subclass has one
  }

  /** The id to resume with; empty if none was received. */
  public Optional<String> generationId() {
    return Optional.ofNullable(generationId);
  }

  /** The generation as the last response described it; empty if there was no response. */
  public Optional<VideoGeneration> generation() {
    return Optional.ofNullable(generation);
  }

  /**
   * The {@code X-Client-Request-Id} of the create, by which the vendor's logs list it; empty if no
   * create was sent.
   */
  public Optional<String> clientRequestId() {
    return Optional.ofNullable(clientRequestId)
        .or(() -> generation().flatMap(VideoGeneration::clientRequestId));
  }

  /** A failure in one line: ours have complete messages, others may have none or only a host. */
  static String describe(Throwable failure) {
    if (failure instanceof VideoException ours) return ours.getMessage();
    String message = failure.getMessage();
    return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
