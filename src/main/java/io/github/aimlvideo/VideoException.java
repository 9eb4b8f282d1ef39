package io.github.aimlvideo;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whatever ended a call of the client short of its result.
 *
 * <p>The subclasses are split by what to do next; each says whether the generation may have been
 * charged. All of them tell, as far as it is known, which generation it is and how it stood last.
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
    super(message, cause);
    this.generation = generation;
    this.generationId = generation == null ? null : generation.id();
    this.clientRequestId = clientRequestId;
  }

  /** What happened and how far it got, in one line. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage()); // each subclass gives one
  }

  /** The id to go on with; empty if none was received. */
  public Optional<String> generationId() {
    return Optional.ofNullable(generationId);
  }

  /** The last answer about the generation; empty if none was received. */
  public Optional<VideoGeneration> generation() {
    return Optional.ofNullable(generation);
  }

  /**
   * The {@code X-Client-Request-Id} of the create, which finds it in the vendor's logs; empty if no
   * create was sent.
   */
  public Optional<String> clientRequestId() {
    return Optional.ofNullable(clientRequestId)
        .or(() -> generation().flatMap(VideoGeneration::clientRequestId));
  }
}
