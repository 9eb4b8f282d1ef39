package io.github.aimlvideo.cli.request;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.cli.Suggestion;
import io.github.aimlvideo.model.CameraMove;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of a request: one for each property, and one for a file with a whole request. */
public final class RequestOptions {
  private static final String MODEL = new KlingVideoV1StandardImageToVideoRequest().getModel();

  @Parameters(
      arity = "0..1",
      paramLabel = "IMAGE",
      description = {
        "http(s) URL or local file (PNG or JPEG; WebP, GIF and BMP with a warning).",
        "Required unless --request has one."
      })
  private @Nullable String image;

  @Option(
      names = {"-p", "--prompt"},
      paramLabel = "TEXT",
      description = "What should happen in the video.")
  private @Nullable String prompt;

  @Option(
      names = {"-n", "--negative-prompt"},
      paramLabel = "TEXT",
      description = "What should not be in the video.")
  private @Nullable String negativePrompt;

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "SECONDS",
      description = "Length of the video, 5 or 10 (default: 5).")
  private @Nullable Integer duration;

  @Option(
      names = "--cfg-scale",
      paramLabel = "NUMBER",
      description = "How closely the video follows the prompt, from 0 to 1.")
  private @Nullable Double cfgScale;

  @Option(
      names = "--tail-image",
      paramLabel = "IMAGE",
      description = "Last frame of the video: URL or file.")
  private @Nullable String tailImage;

  @Option(
      names = "--static-mask",
      paramLabel = "IMAGE",
      description = "Image whose painted pixels stay still: URL or file.")
  private @Nullable String staticMask;

  @Option(
      names = "--dynamic-masks",
      paramLabel = "FILE",
      description = {
        "Areas that move and their trajectories, as JSON:",
        "[{\"mask\": IMAGE, \"trajectories\": [{\"x\": 1, \"y\": 2}, ...]}, ...]"
      })
  private @Nullable String dynamicMasks;

  @Option(
      names = "--camera",
      paramLabel = "TYPE",
      completionCandidates = CameraTypes.class,
      description = "Camera movement: ${COMPLETION-CANDIDATES}.")
  private @Nullable String camera;

  @Option(
      names = "--camera-config",
      paramLabel = "DIRECTION=NUMBER",
      split = ",",
      description = {
        "How far the camera moves, from -10 to 10: horizontal, vertical, pan, tilt, roll, zoom.",
        "Implies --camera simple."
      })
  private @Nullable Map<String, Double> cameraConfig;

  @Option(
      names = "--request",
      paramLabel = "FILE",
      description = {
        "JSON file with a whole request, for any model; - is standard input.",
        "Other options override its properties. Its images are URLs, or files relative to it."
      })
  private @Nullable String request;

  private final InputFiles inputs = new InputFiles();
  private @Nullable String promptText;
  private @Nullable UntypedVideoRequest all;

  /** The camera movements of the contract. */
  static final class CameraTypes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(CameraMove.values()).map(CameraMove::getValue).iterator();
    }
  }

  /**
   * The request, validated if the contract has its model.
   *
   * @throws IllegalArgumentException if it is invalid; one line names all violations
   */
  public VideoRequest toRequest() {
    if (image == null && request == null) {
      throw new IllegalArgumentException("no image; give IMAGE or --request FILE");
    }
    List<String> violations = new ArrayList<>();
    Map<String, Object> given = fromOptions(violations);
    UntypedVideoRequest read =
        request == null ? new UntypedVideoRequest(MODEL) : fromFile(request, given, violations);
    for (var property : given.entrySet()) read = read.with(property.getKey(), property.getValue());
    all = read;
    promptText = text(read.properties().get("prompt"));
    if (violations.isEmpty()) return read.toTyped();
    violations.addAll(read.violations());
    throw new IllegalArgumentException(String.join("; ", violations));
  }

  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof JsonPrimitive json && json.isString()) return json.getAsString();
    return value == null ? null : value.toString();
  }

  /** What a request that can be sent probably lacks. */
  public List<String> warnings(VideoRequest checked) {
    List<String> warnings = new ArrayList<>();
    boolean typed = !(checked instanceof UntypedVideoRequest);
    if (promptText == null ? typed : promptText.isBlank()) {
      warnings.add("no prompt; the video may show anything");
    }
    return warnings;
  }

  /** What the maker of the model does not accept by its own documentation. */
  public List<String> makerWarnings() {
    return all == null ? List.of() : all.warnings();
  }

  /** Names a model of the contract that another name probably means. */
  public static Optional<String> similarModel(String model) {
    String similar = Suggestion.of(model, List.of(MODEL));
    return similar.isEmpty()
        ? Optional.empty()
        : Optional.of("the contract has no model " + model + similar);
  }

  /** The properties that are given as options. */
  private Map<String, Object> fromOptions(List<String> violations) {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("image_url", image("IMAGE", image, violations));
    given.put("prompt", prompt);
    given.put("negative_prompt", negativePrompt);
    given.put("duration", duration);
    given.put("cfg_scale", cfgScale);
    given.put("tail_image_url", image("--tail-image", tailImage, violations));
    given.put("static_mask", image("--static-mask", staticMask, violations));
    given.put("dynamic_masks", masks(violations));
    given.put("camera_control", cameraControl());
    given.values().removeIf(Objects::isNull);
    return given;
  }

  private @Nullable Image image(String option, @Nullable String text, List<String> violations) {
    if (text == null) return null;
    return new JsonRequestReader(Path.of(""), inputs).image(option, text, violations);
  }

  private @Nullable Object masks(List<String> violations) {
    if (dynamicMasks == null) return null;
    JsonFile file = new JsonFile("--dynamic-masks", dynamicMasks);
    if (!(file.read() instanceof JsonArray masks)) {
      throw file.invalid("not a JSON array", null);
    }
    String place = "--dynamic-masks: " + dynamicMasks + ": dynamic_masks";
    return file.requestReader(inputs).value(place, "dynamic_masks", masks, violations);
  }

  private @Nullable Map<String, Object> cameraControl() {
    if (camera == null && cameraConfig == null) return null;
    Map<String, Object> control = new LinkedHashMap<>();
    control.put("type", camera == null ? CameraMove.SIMPLE.getValue() : camera);
    if (cameraConfig != null) control.put("config", cameraConfig);
    return control;
  }

  /** The request in a file, without the properties that options override. */
  private UntypedVideoRequest fromFile(
      String name, Map<String, Object> given, List<String> violations) {
    JsonFile file = new JsonFile("--request", name);
    if (!(file.read() instanceof JsonObject json)) {
      throw file.invalid("not a JSON object", null);
    }
    given.keySet().forEach(json::remove);
    List<String> inFile = new ArrayList<>();
    try {
      UntypedVideoRequest all = file.requestReader(inputs).read(json, inFile);
      inFile.forEach(violation -> violations.add("--request: " + name + ": " + violation));
      return all;
    } catch (IllegalArgumentException e) {
      throw file.invalid(String.valueOf(e.getMessage()), e);
    }
  }

  /** The files that {@link #toRequest} has read. */
  public InputFiles inputs() {
    return inputs;
  }

  /** The name of the image, else of the request, without folder, query and extension. */
  public String baseName() {
    if (image != null) return nameOf(image);
    return request == null || request.equals("-") ? "video" : nameOf(request);
  }

  private static String nameOf(String image) {
    String path =
        Image.isUrl(image)
            ? image.replaceFirst("[?#].*", "").replaceFirst("(?i)^https?://[^/]*", "")
            : image;
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("(?<=.)\\.[^.]*$", "");
  }
}
