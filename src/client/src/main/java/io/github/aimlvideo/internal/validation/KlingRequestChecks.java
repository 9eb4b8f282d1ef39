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
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
    checks.checkPrompt("prompt", request.getPrompt());
    checks.checkPrompt("negative_prompt", request.getNegativePrompt());
    checks.checkImage("image_url", request.getImageUrl());
    checks.checkImage("tail_image_url", request.getTailImageUrl());
    checks.checkCombination(request);
    checks.checkCamera(request.getCameraControl());
    checks.checkMasks(request);
    return checks.warnings;
  }

  private void checkPrompt(String name, @Nullable String prompt) {
    int length = prompt == null ? 0 : prompt.codePointCount(0, prompt.length());
    warnIf(
        length > MAX_PROMPT, name + " has " + length + " characters; Kling accepts " + MAX_PROMPT);
  }

  private void checkImage(String name, @Nullable Image image) {
    if (image == null) return;
    image
        .type()
        .ifPresent(
            type ->
                warnIf(
                    type != ImageType.PNG && type != ImageType.JPEG,
                    name + " is " + type.mediaType() + "; Kling accepts PNG and JPEG"));
    warnIf(
        image.byteCount() > MAX_BYTES,
        name + " has " + image.byteCount() + " bytes; Kling accepts 10 MB");
    image
        .size()
        .ifPresent(size -> checkSize(name + " is " + size + " pixels; Kling accepts ", size));
  }

  private void checkSize(String begin, ImageSize size) {
    warnIf(
        Math.min(size.width(), size.height()) < MIN_SIDE,
        begin + "sides of " + MIN_SIDE + " or more");
    double ratio = size.aspectRatio();
    warnIf(ratio > MAX_RATIO || ratio < 1 / MAX_RATIO, begin + "ratios from 1:2.5 to 2.5:1");
  }

  private void checkCombination(KlingVideoV1StandardImageToVideoRequest request) {
    boolean masks = hasMasks(request);
    boolean tail = request.getTailImageUrl() != null;
    boolean camera = request.getCameraControl() != null;
    warnIf(
        tail && masks || tail && camera || masks && camera,
        "Kling does not combine tail_image_url, masks and camera_control");
    boolean five = request.getDuration() == null || request.getDuration() == 5;
    warnIf(
        (tail || masks) && !five,
        "Kling accepts tail_image_url and masks only with a duration of 5");
  }

  private void checkCamera(@Nullable CameraControl camera) {
    if (camera == null || camera.getType() == null) return;
    CameraConfig config = camera.getConfig();
    if (camera.getType() != CameraMove.SIMPLE) {
      warnIf(config != null, "Kling accepts camera_control.config only with the type simple");
    } else {
      warnIf(
          config == null || moves(config) != 1,
          "Kling expects exactly one value other than 0 in camera_control.config");
    }
  }

  private static long moves(CameraConfig config) {
    return Stream.of(
            config.getHorizontal(),
            config.getVertical(),
            config.getPan(),
            config.getTilt(),
            config.getRoll(),
            config.getZoom())
        .filter(Objects::nonNull)
        .filter(value -> value != 0)
        .count();
  }

  private static boolean hasMasks(KlingVideoV1StandardImageToVideoRequest request) {
    return request.getStaticMask() != null || request.getDynamicMasks() != null;
  }

  private void checkMasks(KlingVideoV1StandardImageToVideoRequest request) {
    if (!hasMasks(request)) return;
    List<DynamicMask> masks =
        request.getDynamicMasks() == null ? List.of() : request.getDynamicMasks();
    List<ImageSize> sizes =
        Stream.concat(
                Stream.ofNullable(request.getStaticMask()),
                masks.stream().map(DynamicMask::getMask))
            .filter(Objects::nonNull)
            .map(Image::size)
            .flatMap(Optional::stream)
            .toList();
    warnIf(
        sizes.stream().distinct().count() > 1,
        "the masks have different sizes; Kling expects the same for all");
    Optional.ofNullable(request.getImageUrl())
        .flatMap(Image::size)
        .ifPresent(
            image ->
                warnIf(
                    sizes.stream()
                        .anyMatch(
                            mask -> Math.abs(mask.aspectRatio() / image.aspectRatio() - 1) > 0.01),
                    "a mask has another aspect ratio than the image; Kling expects the same"));
  }

  private void warnIf(boolean condition, String warning) {
    if (condition) warnings.add(warning);
  }
}
