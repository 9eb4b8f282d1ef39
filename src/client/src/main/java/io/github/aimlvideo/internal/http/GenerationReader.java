package io.github.aimlvideo.internal.http;

import com.google.gson.JsonParseException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.internal.json.Json;
import io.github.aimlvideo.model.GenerationMeta;
import io.github.aimlvideo.model.GenerationUsage;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads generations from responses. What only the create returns is kept in later ones. */
public final class GenerationReader {
  private GenerationReader() {}

  /** The generation of a create; empty if neither the body nor a header names an id. */
  public static Optional<VideoGeneration> created(
      ApiResponse<VideoGenerationResponse> response, String clientRequestId) {
    VideoGenerationResponse body =
        Optional.ofNullable(response.body()).orElseGet(VideoGenerationResponse::new);
    Optional<String> id =
        Optional.ofNullable(body.getId())
            .filter(text -> !text.isBlank())
            .or(() -> response.header("x-inference-id"))
            .or(() -> response.isSuccess() ? Json.idOf(response.text()) : Optional.empty());
    if (id.isEmpty()) return Optional.empty();
    body.id(id.get());
    if (!hasCredits(body)) {
      response
          .header("x-aimlapi-credits-used")
          .flatMap(GenerationReader::number)
          .ifPresent(credits -> addCredits(body, credits));
    }
    return Optional.of(VideoGeneration.of(body, response.text(), clientRequestId));
  }

  /** The generation of a poll; empty if the body is not one, or is another one. */
  public static Optional<VideoGeneration> polled(
      ApiResponse<VideoGenerationResponse> response, VideoGeneration before) {
    VideoGenerationResponse body = response.body();
    if (body == null || !isId(body.getId(), before.id())) return Optional.empty();
    body.id(before.id());
    if (!hasCredits(body)) {
      before.creditsUsed().ifPresent(credits -> addCredits(body, credits.doubleValue()));
    }
    return Optional.of(
        VideoGeneration.of(body, response.text(), before.clientRequestId().orElse(null)));
  }

  /** An id may have the model behind a colon, and may be missing. */
  private static boolean isId(@Nullable String id, String expected) {
    if (id == null || id.isBlank() || id.equals(expected)) return true;
    return id.startsWith(expected + ":") || expected.startsWith(id + ":");
  }

  /** A generation without its response, which may be long. */
  public static VideoGeneration withoutResponse(VideoGeneration generation) {
    VideoGenerationResponse known = new VideoGenerationResponse();
    generation.creditsUsed().ifPresent(credits -> addCredits(known, credits.doubleValue()));
    return VideoGeneration.of(
        known.id(generation.id()).status(generation.status()),
        "",
        generation.clientRequestId().orElse(null));
  }

  /** A generation of which only the id is known, and perhaps the client request id. */
  public static VideoGeneration unknown(String id, @Nullable String clientRequestId) {
    return VideoGeneration.of(new VideoGenerationResponse().id(id), "", clientRequestId);
  }

  /** An amount that makes no sense does not count. */
  private static boolean hasCredits(VideoGenerationResponse body) {
    return VideoGeneration.of(body, "", null).creditsUsed().isPresent();
  }

  private static void addCredits(VideoGenerationResponse body, double credits) {
    body.meta(new GenerationMeta().usage(new GenerationUsage().creditsUsed(credits)));
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.ofNullable(Json.RESPONSES.fromJson(text, Double.class));
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }
}
