package io.github.aimlvideo;

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
 * What the maker of the model asks for and the contract does not: warnings, never refusals, as the
 * gateway may think otherwise.
 */
final class KlingRequestChecks {
  private static final int LONGEST_PROMPT = 2500;
  private static final int LARGEST_BYTES = 10 << 20;
  private static final int SHORTEST_SIDE = 300;
  private static final double WIDEST = 2.5;

  private final List<String> warnings = new ArrayList<>();

  private KlingRequestChecks() {}

  static List<String> on(VideoRequest anyModel) {
    if (!(anyModel instanceof KlingVideoV1StandardImageToVideoRequest request)) return List.of();
    KlingRequestChecks advice = new KlingRequestChecks();
    advice.onPrompt("prompt", request.getPrompt());
    advice.onPrompt("negative_prompt", request.getNegativePrompt());
    advice.onImage("image_url", request.getImageUrl());
    advice.onImage("tail_image_url", request.getTailImageUrl());
    advice.onCombination(request);
    advice.onCamera(request.getCameraControl());
    advice.onMasks(request);
    return advice.warnings;
  }

  private void onPrompt(String name, @Nullable String prompt) {
    int length = prompt == null ? 0 : prompt.codePointCount(0, prompt.length());
    warnIf(
        length > LONGEST_PROMPT,
        name + " has " + length + " characters, the maker takes " + LONGEST_PROMPT);
  }

  private void onImage(String name, @Nullable Image image) {
    if (image == null) return;
    image
        .type()
        .ifPresent(
            type ->
                warnIf(
                    type != ImageType.PNG && type != ImageType.JPEG,
                    name + " is " + type.mediaType() + ", the maker names only PNG and JPEG"));
    warnIf(
        image.length() > LARGEST_BYTES,
        name + " has " + image.length() + " bytes, the maker takes 10 MB");
    image
        .size()
        .ifPresent(size -> onSize(name + " is " + size + " pixels, the maker takes ", size));
  }

  private void onSize(String begin, ImageSize size) {
    warnIf(
        Math.min(size.width(), size.height()) < SHORTEST_SIDE,
        begin + "sides of " + SHORTEST_SIDE + " or more");
    double ratio = size.aspectRatio();
    warnIf(ratio > WIDEST || ratio < 1 / WIDEST, begin + "ratios from 1:2.5 to 2.5:1");
  }

  private void onCombination(KlingVideoV1StandardImageToVideoRequest request) {
    boolean masks = hasMasks(request);
    boolean tail = request.getTailImageUrl() != null;
    boolean camera = request.getCameraControl() != null;
    warnIf(
        tail && masks || tail && camera || masks && camera,
        "tail_image_url, the masks and camera_control exclude each other at the maker");
    boolean five = request.getDuration() == null || request.getDuration() == 5;
    warnIf(
        (tail || masks) && !five,
        "tail_image_url and the masks go with a duration of 5 at the maker");
  }

  private void onCamera(@Nullable CameraControl camera) {
    if (camera == null || camera.getType() == null) return;
    CameraConfig config = camera.getConfig();
    if (camera.getType() != CameraMove.SIMPLE) {
      warnIf(config != null, "camera_control.config goes with the type simple alone at the maker");
    } else {
      warnIf(
          config == null || moves(config) != 1,
          "camera_control.config has exactly one value that is not 0 at the maker");
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

  private void onMasks(KlingVideoV1StandardImageToVideoRequest request) {
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
        "the masks have different sizes, at the maker all have the same");
    Optional.ofNullable(request.getImageUrl())
        .flatMap(Image::size)
        .ifPresent(
            picture ->
                warnIf(
                    sizes.stream()
                        .anyMatch(
                            mask ->
                                Math.abs(mask.aspectRatio() / picture.aspectRatio() - 1) > 0.01),
                    "a mask has another aspect ratio than the picture, which the maker does not take"));
  }

  private void warnIf(boolean condition, String warning) {
    if (condition) warnings.add(warning);
  }
}
