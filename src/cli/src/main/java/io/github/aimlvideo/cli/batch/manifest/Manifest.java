package io.github.aimlvideo.cli.batch.manifest;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.Suggestion;
import io.github.aimlvideo.cli.request.InputFiles;
import io.github.aimlvideo.cli.request.JsonRequestReader;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a manifest: CSV with a header row, one JSON object on each line, or a JSON array of them. A
 * row has the properties of a request and a {@code name} for its video; the default is the name of
 * its image.
 */
public final class Manifest {
  private static final String NAME = "name";
  private static final Gson STRICT = new GsonBuilder().setStrictness(Strictness.STRICT).create();

  /** The model of a row without one. */
  private static final String DEFAULT_MODEL =
      new KlingVideoV1StandardImageToVideoRequest().getModel();

  /** Not a path, an option or a hidden file; valid on every file system. */
  private static final Pattern NAME_PATTERN =
      Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]{0,99}");

  /** Reserved on Windows. */
  private static final Pattern RESERVED =
      Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

  /** As the client words it. */
  private static final Pattern UNKNOWN_PROPERTY =
      Pattern.compile("((?:.*\\.)?(.+) is not a property of .+), which has (.+)");

  /** A file system allows 255 bytes, with the extension. */
  private static final int MAX_NAME_BYTES = 240;

  private static final int MAX_SHOWN = 100;

  private final Path folder;
  private final JsonRequestReader requests;
  private final Violations violations = new Violations();
  private final List<ManifestRow> rows = new ArrayList<>();
  private final Map<String, Integer> rowsByName = new HashMap<>();

  private Manifest(Path folder, InputFiles inputs) {
    this.folder = folder;
    requests = new JsonRequestReader(folder, inputs);
  }

  /**
   * Reads and validates all rows.
   *
   * @param inputs receives the manifest and the files of the images
   * @throws InvalidManifestException with all violations
   */
  public static List<ManifestRow> read(Path file, InputFiles inputs) {
    Path folder = file.toAbsolutePath().resolveSibling("");
    Manifest manifest = new Manifest(folder, inputs);
    String text = ManifestText.read(file);
    inputs.add(file);
    Map<Integer, JsonObject> rows =
        isJson(text) ? manifest.json(text) : CsvManifest.read(text, manifest.violations);
    rows.forEach(manifest::add);
    if (rows.isEmpty() && manifest.violations.isEmpty())
      throw new InvalidManifestException("no rows");
    if (!manifest.violations.isEmpty())
      throw new InvalidManifestException(manifest.violations.lines());
    return manifest.rows;
  }

  /** The violations of a manifest. */
  public static final class InvalidManifestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> violations;

    InvalidManifestException(String violation) {
      this(List.of(violation));
    }

    public InvalidManifestException(List<String> violations) {
      super(String.join("; ", violations));
      this.violations = violations;
    }

    public List<String> violations() {
      return violations;
    }
  }

  private static boolean isJson(String text) {
    String begin = text.stripLeading();
    return begin.startsWith("{") || begin.startsWith("[");
  }

  /** Rows by number: of the line, or of the item of one array. */
  private Map<Integer, JsonObject> json(String text) {
    Map<Integer, JsonObject> rows = new LinkedHashMap<>();
    int number = 0;
    if (text.stripLeading().startsWith("[")) {
      for (JsonElement item : array(text)) add(rows, ++number, item);
      return rows;
    }
    for (String line : text.split("\r?\n")) {
      number++;
      if (line.isBlank()) continue;
      try {
        add(rows, number, parse(line));
      } catch (JsonParseException e) {
        violations.add(number, null, "not valid JSON; each line needs one whole object");
      }
    }
    return rows;
  }

  private static JsonArray array(String text) {
    try {
      return parse(text).getAsJsonArray();
    } catch (JsonParseException e) {
      throw new InvalidManifestException(ErrorMessage.reason(e));
    }
  }

  /** Refuses what Gson would otherwise complete, such as a string without quotes. */
  static JsonElement parse(String json) {
    return STRICT.fromJson(json, JsonElement.class);
  }

  private void add(Map<Integer, JsonObject> rows, int number, JsonElement row) {
    if (row instanceof JsonObject object) rows.put(number, object);
    else violations.add(number, null, "not a JSON object; each row needs one");
  }

  private void add(int number, JsonObject properties) {
    String name = name(number, properties);
    properties.remove(NAME);
    List<String> problems = new ArrayList<>();
    if (!properties.has("model")) properties.addProperty("model", DEFAULT_MODEL);
    try {
      UntypedVideoRequest request = requests.read(properties, problems);
      problems.addAll(request.violations());
      if (name != null && problems.isEmpty())
        rows.add(new ManifestRow(number, name, request.toTyped(), properties, folder));
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
    problems.forEach(problem -> violations.add(number, withSuggestion(problem)));
  }

  /** With the nearest name instead of all names, if one is near. */
  private static String withSuggestion(String problem) {
    Matcher unknown = UNKNOWN_PROPERTY.matcher(problem);
    if (!unknown.matches()) return problem;
    String suggestion = Suggestion.of(unknown.group(2), List.of(unknown.group(3).split(", ")));
    return suggestion.isEmpty() ? problem : unknown.group(1) + suggestion;
  }

  private @Nullable String name(int number, JsonObject properties) {
    String name =
        properties.has(NAME)
            ? properties.get(NAME) instanceof JsonPrimitive given ? given.getAsString() : ""
            : null;
    if (name == null) name = imageName(properties);
    if (name == null || !isFileName(name)) {
      violations.add(
          number,
          NAME,
          name == null
              ? "missing, and there is no image to name it after"
              : "'"
                  + (name.length() > MAX_SHOWN ? name.substring(0, MAX_SHOWN) + "..." : name)
                  + "' must be 1 to 100 letters, digits, '.', '_' or '-', and begin with a letter, digit or '_'");
      return name;
    }
    Integer other = rowsByName.putIfAbsent(name.toLowerCase(Locale.ROOT), number);
    if (other != null) {
      violations.add(
          number, NAME, name + " is also the name of row " + other + "; each video needs its own");
    }
    return name;
  }

  private static boolean isFileName(String name) {
    return NAME_PATTERN.matcher(name).matches()
        && !RESERVED.matcher(name).matches()
        && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
  }

  /** The name of the file or URL, without folder, query and extension. */
  private static @Nullable String imageName(JsonObject properties) {
    if (!(properties.get("image_url") instanceof JsonPrimitive image)) return null;
    if (ManifestRow.isInline(image.getAsString())) return null;
    String path = image.getAsString().replaceFirst("(?i)^(https?://[^?#]*).*", "$1");
    if (path.startsWith("data:")) return null; // a damaged one
    String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("(?<=.)\\.[^.]*$", "");
    return name.replaceAll("[^\\p{L}\\p{N}._-]", "_").replaceFirst("^[.-]+", "");
  }
}
