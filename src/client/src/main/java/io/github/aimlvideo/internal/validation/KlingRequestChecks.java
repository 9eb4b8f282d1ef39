package io.github.aimlvideo.internal.validation;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.ImageSize;
import io.github.aimlvideo.ImageType;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.model.CameraConfig;
import io.github.aimlvideo.model.CameraControl;
import io.github.aimlvideo.model.CameraMove;
import io.github.aimlvideo.model.DynamicMask;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Kling's limits beyond the contract, from its page "Image to Video". They are warnings, as the
 * gateway may accept more.
 */
public final class KlingRequestChecks {
  private static final int MAX_PROMPT = 2500;
  private static final int MAX_BYTES = 10 << 20;
  private static final int MIN_SIDE = 300;
  private static final double MAX_RATIO = 2.5;

  private final List<String> warnings = new ArrayList<>();

  private KlingRequestChecks() {}

  /** A warning for each limit that a request exceeds; none for requests to other models. */
  public static List<String> warnings(VideoRequest anyModel) {
    if (!(anyModel instanceof KlingVideoV1StandardImageToVideoRequest request)) return List.of();
    KlingRequestChecks checks = new KlingRequestChecks();
    List<Image> masks = masks(request);
    checks.checkPrompt("prompt", request.getPrompt());
    checks.checkPrompt("negative_prompt", request.getNegativePrompt());
    checks.checkImage("image_url", request.getImageUrl());
    checks.checkImage("tail_image_url", request.getTailImageUrl());
    checks.checkCombination(request, !masks.isEmpty());
    checks.checkCamera(request.getCameraControl());
    checks.checkMasks(masks, request.getImageUrl());
    return checks.warnings;
  }

  private static List<Image> masks(KlingVideoV1StandardImageToVideoRequest request) {
    List<Image> masks = new ArrayList<>();
    if (request.getStaticMask() != null) masks.add(request.getStaticMask());
    List<DynamicMask> moving = request.getDynamicMasks();
    if (moving != null) moving.stream().map(DynamicMask::getMask).forEach(masks::add);
    return masks;
  }

  private void checkPrompt(String name, @Nullable String prompt) {
    int length = prompt == null ? 0 : prompt.codePointCount(0, prompt.length());
    warnIf(
        length > MAX_PROMPT,
        () -> name + " has " + length + " characters; Kling accepts " + MAX_PROMPT);
  }

  private void checkImage(String name, @Nullable Image image) {
    if (image == null || image.type().isEmpty()) return;
    ImageType type = image.type().get();
    boolean accepted = type == ImageType.PNG || type == ImageType.JPEG;
    warnIf(!accepted, () -> name + " is " + type.mediaType() + "; Kling accepts PNG and JPEG");
    long bytes = image.byteCount();
    warnIf(bytes > MAX_BYTES, () -> name + " has " + bytes + " bytes; Kling accepts 10 MB");
    image.size().ifPresent(size -> checkSize(name, size));
  }

  private void checkSize(String name, ImageSize size) {
    String accepts = name + " is " + size + " pixels; Kling accepts ";
    boolean small = Math.min(size.width(), size.height()) < MIN_SIDE;
    warnIf(small, () -> accepts + "sides of " + MIN_SIDE + " or more");
    double ratio = size.aspectRatio();
    warnIf(
        ratio > MAX_RATIO || ratio < 1 / MAX_RATIO, () -> accepts + "ratios from 1:2.5 to 2.5:1");
  }

  private void checkCombination(KlingVideoV1StandardImageToVideoRequest request, boolean masks) {
    boolean tail = request.getTailImageUrl() != null;
    boolean camera = request.getCameraControl() != null;
    warnIf(
        tail && masks || tail && camera || masks && camera,
        () -> "Kling does not combine tail_image_url, masks and camera_control");
    boolean five = request.getDuration() == null || request.getDuration() == 5;
    warnIf(
        (tail || masks) && !five,
        () -> "Kling accepts tail_image_url and masks only with a duration of 5");
  }

  private void checkCamera(@Nullable CameraControl camera) {
    if (camera == null || camera.getType() == null) return;
    boolean simple = camera.getType() == CameraMove.SIMPLE;
    CameraConfig config = camera.getConfig();
    warnIf(
        !simple && config != null,
        () -> "Kling accepts camera_control.config only with the type simple");
    warnIf(
        simple && (config == null || moves(config) != 1),
        () -> "Kling expects exactly one value other than 0 in camera_control.config");
  }

  private static long moves(CameraConfig config) {
    return ModelProperty.of(CameraConfig.class).stream()
        .filter(move -> move.valueIn(config) instanceof Double amount && amount != 0)
        .count();
  }

  private void checkMasks(List<Image> masks, @Nullable Image image) {
    List<ImageSize> sizes =
        masks.stream().map(Image::size).flatMap(Optional::stream).distinct().toList();
    warnIf(
        sizes.size() > 1, () -> "the masks have different sizes; Kling expects the same for all");
    Optional<ImageSize> frame = Optional.ofNullable(image).flatMap(Image::size);
    warnIf(
        frame.isPresent() && sizes.stream().anyMatch(mask -> !similar(mask, frame.get())),
        () -> "a mask has another aspect ratio than the image; Kling expects the same");
  }

  private static boolean similar(ImageSize mask, ImageSize image) {
    return Math.abs(mask.aspectRatio() / image.aspectRatio() - 1) <= 0.01;
  }

  private void warnIf(boolean condition, Supplier<String> warning) {
    if (condition) warnings.add(warning.get());
  }
}
