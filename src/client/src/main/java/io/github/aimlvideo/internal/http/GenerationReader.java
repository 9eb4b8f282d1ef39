package io.github.aimlvideo.internal.http;

import com.google.gson.JsonParseException;
import io.github.aimlvideo.VideoGeneration;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.internal.json.Json;
import io.github.aimlvideo.model.GenerationMeta;
import io.github.aimlvideo.model.GenerationUsage;
import io.github.aimlvideo.model.VideoFile;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Reads generations from responses. What only the create returns is kept in later ones. */
public final class GenerationReader {
  /** A path, or a host and a path; with a colon before them, it would be a URL. */
  private static final Pattern RELATIVE_LINK = Pattern.compile("[^\\s:/.]*[/.]\\S*");

  private static final Pattern DATA_LINK = Pattern.compile("\"(data:video/[^\"]{1,1000})");
  private static final Pattern STATUS = Pattern.compile("\"status\"\\s*:\\s*\"([^\"]{1,100})\"");

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
    resolveLink(body, response);
    addCost(
        body,
        header(response, "credits-used", Double.class),
        header(response, "usd-spent", BigDecimal.class));
    return Optional.of(VideoGeneration.of(body, response.text(), clientRequestId));
  }

  /** The generation of a poll; empty if the body is not one, or is another one. */
  public static Optional<VideoGeneration> polled(
      ApiResponse<VideoGenerationResponse> response, VideoGeneration before) {
    VideoGenerationResponse read = response.body();
    VideoGenerationResponse body = read == null ? withDataLink(response.text()) : read;
    if (body == null || !isId(body.getId(), before.id())) return Optional.empty();
    body.id(before.id());
    resolveLink(body, response);
    String clientRequestId = before.clientRequestId().orElse(null);
    VideoGeneration polled = VideoGeneration.of(body, response.text(), clientRequestId);
    if (polled.cost().isPresent() || before.cost().isEmpty()) return Optional.of(polled);
    addCost(body, before);
    return Optional.of(VideoGeneration.of(body, response.text(), clientRequestId));
  }

  /** A link may be relative to the API. What is neither that nor a URL stays as it is. */
  private static void resolveLink(VideoGenerationResponse body, ApiResponse<?> response) {
    VideoFile video = body.getVideo();
    if (video == null || video.getUrl() == null) return;
    String link = video.getUrl().strip();
    if (!RELATIVE_LINK.matcher(link).matches()) return;
    HttpUrl url = response.baseUrl().resolve(link);
    if (url != null) video.url(url.toString());
  }

  /** A video within the response makes it too long to read; the beginning of its link names it. */
  private static @Nullable VideoGenerationResponse withDataLink(String text) {
    Matcher link = DATA_LINK.matcher(text);
    if (!link.find()) return null;
    Matcher status = STATUS.matcher(text);
    VideoGenerationResponse body = new VideoGenerationResponse();
    body.setId(Json.idOf(text).orElse(null));
    body.setStatus(status.find() ? status.group(1) : VideoGenerationResponse.COMPLETED.get(0));
    return body.video(new VideoFile().url(link.group(1)));
  }

  /** An id may have the model behind a colon, and may be missing. */
  private static boolean isId(@Nullable String id, String expected) {
    if (id == null || id.isBlank() || id.equals(expected)) return true;
    return id.startsWith(expected + ":") || expected.startsWith(id + ":");
  }

  /** A generation without its response, which may be long. */
  public static VideoGeneration withoutResponse(VideoGeneration generation) {
    VideoGenerationResponse known =
        new VideoGenerationResponse().id(generation.id()).status(generation.status());
    addCost(known, generation);
    return VideoGeneration.of(known, "", generation.clientRequestId().orElse(null));
  }

  /** A generation of which only the id is known, and perhaps the client request id. */
  public static VideoGeneration unknown(String id, @Nullable String clientRequestId) {
    return VideoGeneration.of(new VideoGenerationResponse().id(id), "", clientRequestId);
  }

  private static void addCost(VideoGenerationResponse body, VideoGeneration known) {
    Double credits = known.creditsUsed().map(BigDecimal::doubleValue).orElse(null);
    addCost(body, credits, known.cost().map(Cost::usd).orElse(null));
  }

  /** Adds dollars, and credits that the body does not tell. What makes no sense does not count. */
  private static void addCost(
      VideoGenerationResponse body, @Nullable Double credits, @Nullable BigDecimal usd) {
    GenerationMeta meta = body.getMeta();
    GenerationUsage sent = meta == null ? null : meta.getUsage();
    boolean hasCredits = VideoGeneration.of(body, "", null).creditsUsed().isPresent();
    GenerationUsage usage = new GenerationUsage();
    usage.setCreditsUsed(hasCredits && sent != null ? sent.getCreditsUsed() : credits);
    usage.setUsdSpent(usd == null && sent != null ? sent.getUsdSpent() : usd);
    body.meta(new GenerationMeta().usage(usage));
  }

  private static <T> @Nullable T header(ApiResponse<?> response, String name, Class<T> type) {
    String text = response.header("x-aimlapi-" + name).orElse(null);
    try {
      return text == null ? null : Json.RESPONSES.fromJson(text, type);
    } catch (JsonParseException e) {
      return null;
    }
  }
}
