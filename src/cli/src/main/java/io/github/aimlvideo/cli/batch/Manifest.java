package io.github.aimlvideo.cli.batch;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.cli.JsonRequest;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch: CSV with a header row, or one JSON object on each line. A row has the
 * properties of a request, and a {@code name} for its film, else the picture's.
 */
final class Manifest {
  private static final String NAME = "name";

  /** What a row without a model is for. */
  private static final String MODEL = new KlingVideoV1StandardImageToVideoRequest().getModel();

  /** No path, no option, no hidden file, and the same on every file system. */
  private static final Pattern NAMES = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]{0,99}");

  /** What Windows has other uses for. */
  private static final Pattern DEVICES =
      Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

  /** Bytes; a file system takes 255, with the ending. */
  private static final int LONGEST_NAME = 240;

  private final Path folder;
  private final JsonRequest requests;
  private final Faults faults = new Faults();
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Integer> rowsByName = new HashMap<>();

  private Manifest(Path folder) {
    this.folder = folder;
    requests = new JsonRequest(folder);
  }

  /**
   * Reads and checks all of it.
   *
   * @throws FaultyException if anything is wrong with it
   */
  static List<Row> read(Path file) {
    Path folder = file.toAbsolutePath().resolveSibling("");
    Manifest manifest = new Manifest(folder);
    String text = text(file);
    Map<Integer, JsonObject> said =
        isJson(file, text) ? manifest.jsonLines(text) : CsvRows.read(text, manifest.faults);
    said.forEach(manifest::add);
    if (said.isEmpty() && manifest.faults.isEmpty()) throw new FaultyException("it has no rows");
    if (!manifest.faults.isEmpty()) throw new FaultyException(manifest.faults.lines());
    return manifest.rows;
  }

  /** Every fault on a line of its own. */
  static final class FaultyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FaultyException(String fault) {
      super(fault);
    }

    FaultyException(List<String> faults) {
      super(String.join("\n", faults));
    }

    List<String> faults() {
      return String.valueOf(getMessage()).lines().toList();
    }
  }

  private static String text(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new FaultyException("it is not UTF-8: save it so");
    } catch (IOException e) {
      throw new FaultyException("it cannot be read: " + e);
    }
  }

  private static boolean isJson(Path file, String text) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.endsWith(".csv") && text.stripLeading().startsWith("{");
  }

  private Map<Integer, JsonObject> jsonLines(String text) {
    Map<Integer, JsonObject> said = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.split("\r?\n")) {
      number++;
      if (line.isBlank()) continue;
      try {
        if (JsonParser.parseString(line) instanceof JsonObject object) said.put(number, object);
        else faults.add(number, null, "no JSON object: one on each line is needed");
      } catch (JsonParseException e) {
        faults.add(
            number,
            null,
            "no JSON: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      }
    }
    return said;
  }

  private void add(int number, JsonObject said) {
    String name = name(number, said);
    said.remove(NAME);
    List<String> wrong = new ArrayList<>();
    if (!said.has("model")) said.addProperty("model", MODEL);
    try {
      UntypedVideoRequest request = requests.of(said, wrong);
      wrong.addAll(request.violations());
      if (name != null && wrong.isEmpty())
        rows.add(new Row(number, name, request.toTyped(), said, folder));
    } catch (IllegalArgumentException e) {
      wrong.add(e.getMessage());
    }
    wrong.forEach(fault -> faults.add(number, fault));
  }

  private @Nullable String name(int number, JsonObject said) {
    String name =
        said.has(NAME)
            ? said.get(NAME) instanceof JsonPrimitive given ? given.getAsString() : ""
            : null;
    if (name == null) name = pictureName(said);
    if (name == null || !isFileName(name)) {
      faults.add(
          number,
          NAME,
          name == null
              ? "missing, and there is no picture to name it after"
              : "'"
                  + name
                  + "' must be 1 to 100 letters, digits, '.', '_' or '-', and begin with none of the last two");
      return name;
    }
    Integer other = rowsByName.putIfAbsent(name.toLowerCase(Locale.ROOT), number);
    if (other != null) {
      faults.add(number, NAME, name + " is taken by row " + other + ": each film needs its own");
    }
    return name;
  }

  private static boolean isFileName(String name) {
    return NAMES.matcher(name).matches()
        && !DEVICES.matcher(name).matches()
        && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
  }

  /** The name of the file or link, without folder, query and ending. */
  private static @Nullable String pictureName(JsonObject said) {
    if (!(said.get("image_url") instanceof JsonPrimitive picture)) return null;
    String path = picture.getAsString().replaceFirst("(?i)^(https?://[^?#]*).*", "$1");
    if (path.startsWith("data:")) return null;
    String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("(?<=.)\\.[^.]*$", "");
    return name.replaceAll("[^\\p{L}\\p{N}._-]", "_").replaceFirst("^[.-]+", "");
  }
}
