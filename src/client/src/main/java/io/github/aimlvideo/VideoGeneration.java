package io.github.aimlvideo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.aimlvideo.account.Cost;
import io.github.aimlvideo.internal.values.ShortText;
import io.github.aimlvideo.model.GenerationError;
import io.github.aimlvideo.model.GenerationMeta;
import io.github.aimlvideo.model.GenerationUsage;
import io.github.aimlvideo.model.VideoFile;
import io.github.aimlvideo.model.VideoGenerationResponse;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A generation as the last response of the server described it. Immutable. */
public final class VideoGeneration {
  private static final Gson GSON = new GsonBuilder().serializeSpecialFloatingPointValues().create();

  /** The contract's words. */
  private static final Set<String> COMPLETED = words(VideoGenerationResponse.COMPLETED);

  private static final Set<String> FAILED = words(VideoGenerationResponse.FAILED);

  /** Half a million US dollars; no video costs as much. */
  private static final double MAX_CREDITS = 1e12;

  /** Bounds the decimals of an amount too: a double has at most 17 digits. */
  private static final double MIN_CREDITS = 1e-6;

  /** Half a million US dollars, with more decimals than any price has. */
  private static final BigDecimal MAX_USD = BigDecimal.valueOf(500_000);

  private static final int MAX_DECIMALS = 20;

  private final String id;
  private final String status;
  private final @Nullable String videoUrl;
  private final long fileSize;
  private final @Nullable GenerationError error;
  private final @Nullable String failureReason;
  private final double creditsUsed;
  private final @Nullable BigDecimal usdSpent;
  private final @Nullable String clientRequestId;
  private final String json;

  private VideoGeneration(
      VideoGenerationResponse response, String json, @Nullable String clientRequestId) {
    this.id = Objects.requireNonNull(response.getId(), "id");
    this.status = Objects.requireNonNullElse(response.getStatus(), "").intern(); // there are few
    VideoFile video = response.getVideo();
    this.videoUrl = video == null ? null : notBlank(video.getUrl());
    this.fileSize = video == null || video.getFileSize() == null ? -1 : video.getFileSize();
    this.error = copy(response.getError());
    this.failureReason = failureReason(response.getError());
    this.creditsUsed = creditsUsed(response.getMeta());
    this.usdSpent = usdSpent(response.getMeta());
    this.clientRequestId = clientRequestId;
    this.json = json;
  }

  /**
   * A generation for a test, such as {@code of("abc", "completed", "https://a/b.mp4")}.
   *
   * @param videoUrl the link to the video; null for none
   */
  public static VideoGeneration of(String id, String status, @Nullable String videoUrl) {
    VideoGenerationResponse response = new VideoGenerationResponse().id(id).status(status);
    return of(videoUrl == null ? response : response.video(new VideoFile().url(videoUrl)));
  }

  /** A generation from a response of the generated interface, or one made for a test. */
  public static VideoGeneration of(VideoGenerationResponse response) {
    return of(response, GSON.toJson(response), null);
  }

  /**
   * A generation from a response.
   *
   * @param json the response as it came
   * @param clientRequestId that of its create, if known
   */
  public static VideoGeneration of(
      VideoGenerationResponse response, String json, @Nullable String clientRequestId) {
    return new VideoGeneration(response, Objects.requireNonNull(json, "json"), clientRequestId);
  }

  private static Set<String> words(List<String> statuses) {
    return statuses.stream().map(VideoGeneration::word).collect(Collectors.toUnmodifiableSet());
  }

  /** Without case and separators: {@code TIMED_OUT} and {@code timed-out} are the same word. */
  private static String word(String status) {
    return status.replaceAll("[-_\\s]", "").toLowerCase(Locale.ROOT);
  }

  private static @Nullable GenerationError copy(@Nullable GenerationError error) {
    if (error == null) return null;
    GenerationError copy = new GenerationError();
    copy.setName(error.getName());
    copy.setMessage(error.getMessage());
    return copy;
  }

  private static @Nullable String failureReason(@Nullable GenerationError error) {
    if (error == null) return null;
    String name = notBlank(error.getName());
    String message = notBlank(error.getMessage());
    if (name == null) return message;
    return message == null ? name : name + ": " + message;
  }

  private static double creditsUsed(@Nullable GenerationMeta meta) {
    GenerationUsage usage = meta == null ? null : meta.getUsage();
    Double credits = usage == null ? null : usage.getCreditsUsed();
    return credits != null && isAmount(credits) ? credits : Double.NaN;
  }

  private static @Nullable BigDecimal usdSpent(@Nullable GenerationMeta meta) {
    GenerationUsage usage = meta == null ? null : meta.getUsage();
    BigDecimal usd = usage == null ? null : usage.getUsdSpent();
    if (usd == null || usd.signum() < 0 || usd.compareTo(MAX_USD) > 0) return null;
    return usd.scale() > MAX_DECIMALS ? null : usd;
  }

  /** Whether it can be added and compared; a server may send any number. */
  private static boolean isAmount(double credits) {
    return credits == 0 || credits >= MIN_CREDITS && credits <= MAX_CREDITS;
  }

  private static @Nullable String notBlank(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  /** The server's id: opaque, and not a file name. */
  public String id() {
    return id;
  }

  /** The status in the server's own word, such as {@code generating}; empty if there is none. */
  public String status() {
    return status;
  }

  /** Whether the video is ready; then there is nearly always a {@link #videoUrl}. */
  public boolean isCompleted() {
    return COMPLETED.contains(word(status));
  }

  /** Whether it failed; the vendor does not charge for that. An unknown status means running. */
  public boolean isFailed() {
    return FAILED.contains(word(status));
  }

  /**
   * The link to the video. It expires, after 10 minutes at the earliest; {@link VideoClient#get}
   * brings a fresh one.
   */
  public Optional<String> videoUrl() {
    return Optional.ofNullable(videoUrl);
  }

  /** The size of the video in bytes; empty if the server does not tell it. */
  public OptionalLong fileSize() {
    return fileSize < 0 ? OptionalLong.empty() : OptionalLong.of(fileSize);
  }

  /** Why it failed, in the server's words: name and message, as far as it sent them. */
  public Optional<String> failureReason() {
    return Optional.ofNullable(failureReason);
  }

  /** The server's error with its name and message apart; empty if it sent none. */
  public Optional<GenerationError> error() {
    return Optional.ofNullable(copy(error));
  }

  /**
   * The cost of the create in credits, 2,000,000 to the US dollar; empty if it is not known.
   *
   * @return 0, or from 10<sup>-6</sup> to 10<sup>12</sup>; any other number counts as not known
   */
  public Optional<BigDecimal> creditsUsed() {
    if (Double.isNaN(creditsUsed)) return Optional.empty();
    BigDecimal credits = BigDecimal.valueOf(creditsUsed).stripTrailingZeros();
    return Optional.of(credits.scale() < 0 ? credits.setScale(0) : credits);
  }

  /**
   * The cost of the create, in dollars as the server says them, or else by the documented rate of
   * 2,000,000 credits; empty if it is not known. The ledger of the account has the last word.
   */
  public Optional<Cost> cost() {
    if (usdSpent == null) return creditsUsed().map(Cost::ofCredits);
    Cost byRate = Cost.ofUsd(usdSpent);
    return Optional.of(creditsUsed().map(used -> new Cost(byRate.usd(), used)).orElse(byRate));
  }

  /** The {@code X-Client-Request-Id} of the create; empty if this client did not create it. */
  public Optional<String> clientRequestId() {
    return Optional.ofNullable(clientRequestId);
  }

  /** The last response as it came; empty if there was none yet. */
  public String json() {
    return json;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof VideoGeneration other
        && id.equals(other.id)
        && status.equals(other.status)
        && Objects.equals(videoUrl, other.videoUrl)
        && fileSize == other.fileSize
        && Objects.equals(failureReason, other.failureReason)
        && Double.compare(creditsUsed, other.creditsUsed) == 0
        && Objects.equals(usdSpent, other.usdSpent)
        && Objects.equals(clientRequestId, other.clientRequestId)
        && json.equals(other.json);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, status, json);
  }

  /** Id, status and why it failed, such as {@code nJ8Xcj0YCh8jZL1noqiZH completed}. */
  @Override
  public String toString() {
    String shown = status.isEmpty() ? "(not polled)" : ShortText.value(status);
    String reason = failureReason == null ? "" : ": " + ShortText.value(failureReason);
    return ShortText.value(id) + " " + shown + reason;
  }
}
