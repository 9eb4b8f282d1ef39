package io.github.aimlvideo.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.model.CameraMove;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be made: each option is a property of the request, or all of them in a file. */
final class RequestOptions {
  private static final String MODEL = new KlingVideoV1StandardImageToVideoRequest().getModel();

  @Parameters(
      arity = "0..1",
      paramLabel = "IMAGE",
      description = {
        "An http(s) URL or a local file (PNG or JPEG; WebP, GIF and BMP with a warning);",
        "needed unless --request brings it."
      })
  private @Nullable String image;

  @Option(
      names = {"-p", "--prompt"},
      paramLabel = "TEXT",
      description = "What happens in the video.")
  private @Nullable String prompt;

  @Option(
      names = {"-n", "--negative-prompt"},
      paramLabel = "TEXT",
      description = "What is not to be in the video.")
  private @Nullable String negativePrompt;

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "SECONDS",
      description = "The length of the video, 5 or 10 (the server's default: 5).")
  private @Nullable Integer duration;

  @Option(
      names = "--cfg-scale",
      paramLabel = "NUMBER",
      description = "How close the video keeps to the prompt, from 0 to 1.")
  private @Nullable Double cfgScale;

  @Option(
      names = "--tail-image",
      paramLabel = "IMAGE",
      description = "The last frame of the video, a URL or a file.")
  private @Nullable String tailImage;

  @Option(
      names = "--static-mask",
      paramLabel = "IMAGE",
      description = "A picture whose painted pixels are the area that stays, a URL or a file.")
  private @Nullable String staticMask;

  @Option(
      names = "--dynamic-masks",
      paramLabel = "FILE",
      description = {
        "Areas that move and their ways, as JSON:",
        "[{\"mask\": IMAGE, \"trajectories\": [{\"x\": 1, \"y\": 2}, ...]}, ...]"
      })
  private @Nullable String dynamicMasks;

  @Option(
      names = "--camera",
      paramLabel = "TYPE",
      completionCandidates = CameraTypes.class,
      description = "How the camera moves: ${COMPLETION-CANDIDATES}.")
  private @Nullable String camera;

  @Option(
      names = "--camera-config",
      paramLabel = "DIRECTION=NUMBER",
      split = ",",
      description = {
        "How far it moves, from -10 to 10: horizontal, vertical, pan, tilt, roll, zoom.",
        "Goes with the type simple, which need not be said."
      })
  private @Nullable Map<String, Double> cameraConfig;

  @Option(
      names = "--request",
      paramLabel = "FILE",
      description = {
        "A whole request for any model, as JSON with the model in it; - is standard input.",
        "The other options override its properties; pictures in it are URLs or files beside it."
      })
  private @Nullable String request;

  /** The kinds of camera movement that the contract knows. */
  static final class CameraTypes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(CameraMove.values()).map(CameraMove::getValue).iterator();
    }
  }

  /**
   * The request, checked if its model is known.
   *
   * @throws IllegalArgumentException if something is wrong; one line names every fault
   */
  VideoRequest toRequest() {
    if (image == null && request == null) {
      throw new IllegalArgumentException("IMAGE is missing, or --request");
    }
    List<String> faults = new ArrayList<>();
    Map<String, Object> given = given(faults);
    UntypedVideoRequest all =
        request == null ? new UntypedVideoRequest(MODEL) : inFile(request, given, faults);
    given.forEach(all::with);
    if (faults.isEmpty()) return all.toTyped();
    faults.addAll(all.violations());
    throw new IllegalArgumentException(String.join("; ", faults));
  }

  /** The properties that options set. */
  private Map<String, Object> given(List<String> faults) {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("image_url", picture("IMAGE", image, faults));
    given.put("prompt", prompt);
    given.put("negative_prompt", negativePrompt);
    given.put("duration", duration);
    given.put("cfg_scale", cfgScale);
    given.put("tail_image_url", picture("--tail-image", tailImage, faults));
    given.put("static_mask", picture("--static-mask", staticMask, faults));
    given.put("dynamic_masks", masks(faults));
    given.put("camera_control", cameraControl());
    given.values().removeIf(Objects::isNull);
    return given;
  }

  private static @Nullable Image picture(
      String option, @Nullable String text, List<String> faults) {
    return text == null ? null : new JsonRequest(Path.of("")).picture(option, text, faults);
  }

  private @Nullable Object masks(List<String> faults) {
    if (dynamicMasks == null) return null;
    JsonFile file = new JsonFile("--dynamic-masks", dynamicMasks);
    if (!(file.read() instanceof JsonArray masks)) {
      throw new IllegalArgumentException("--dynamic-masks: no JSON array: " + dynamicMasks);
    }
    String place = "--dynamic-masks: " + dynamicMasks + ": dynamic_masks";
    return file.pictures().value(place, "dynamic_masks", masks, faults);
  }

  private @Nullable Map<String, Object> cameraControl() {
    if (camera == null && cameraConfig == null) return null;
    Map<String, Object> control = new LinkedHashMap<>();
    control.put("type", camera == null ? CameraMove.SIMPLE.getValue() : camera);
    if (cameraConfig != null) control.put("config", cameraConfig);
    return control;
  }

  /** What the file says and no option does. */
  private UntypedVideoRequest inFile(String name, Map<String, Object> given, List<String> faults) {
    JsonFile file = new JsonFile("--request", name);
    if (!(file.read() instanceof JsonObject json)) {
      throw new IllegalArgumentException("--request: no JSON object: " + name);
    }
    given.keySet().forEach(json::remove);
    String place = "--request: " + name + ": ";
    List<String> inFile = new ArrayList<>();
    try {
      UntypedVideoRequest all = file.pictures().of(json, inFile);
      inFile.forEach(fault -> faults.add(place + fault));
      return all;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place + e.getMessage(), e);
    }
  }

  /** Lets no video replace a picture that it is made of. */
  void keepPictures(Path video) {
    Path place = video.toAbsolutePath().normalize();
    Stream.of(image, tailImage, staticMask)
        .filter(Objects::nonNull)
        .filter(picture -> !Image.isUrl(picture))
        .filter(picture -> Path.of(picture).toAbsolutePath().normalize().equals(place))
        .findFirst()
        .ifPresent(
            picture -> {
              throw new IllegalArgumentException("--output is the picture itself: " + video);
            });
  }

  /** The name of the picture, or else of the request, without folder, query and ending. */
  String baseName() {
    if (image != null) return nameOf(image);
    return request == null || request.equals("-") ? "video" : nameOf(request);
  }

  private static String nameOf(String image) {
    String path =
        Image.isUrl(image)
            ? image.replaceFirst("[?#].*", "").replaceFirst("(?i)^https?://[^/]*", "")
            : image;
    String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("(?<=.)\\.[^.]*$", "");
    return OutputFile.safeName(name);
  }
}
