package io.github.aimlvideo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How long generations took, by model and duration; kept in a file beyond the life of the client if
 * there is one. A file that cannot be used is an empty one: nothing depends on it but the pace.
 */
final class History {
  private static final System.Logger LOG = System.getLogger("io.github.aimlvideo");
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private final double expected;
  private final @Nullable Path file;
  private final Map<Kind, Lengths> byRequest = new ConcurrentHashMap<>();
  private final Map<String, Lengths> byKind = new ConcurrentHashMap<>();

  /** With what to expect where nothing is known, and a file or null. */
  History(Duration expected, @Nullable Path file) {
    this.expected = Durations.seconds(expected);
    this.file = file;
    if (file != null) read(file);
  }

  /** What a generation's length depends on. */
  private record Kind(String model, Optional<String> duration) {
    @Override
    public String toString() {
      return model + ", " + duration.map(seconds -> seconds + " s").orElse("default duration");
    }
  }

  /** For generations of the request's kind. */
  Lengths of(VideoRequest request) {
    return byRequest.computeIfAbsent(
        new Kind(request.getModel(), Rules.value(request, "duration")),
        kind -> byKind.computeIfAbsent(kind.toString(), unknown -> new Lengths(expected, 1)));
  }

  /** For a generation of which only the id is known. */
  Lengths ofUnknown() {
    return new Lengths(expected, 1);
  }

  private void read(Path file) {
    try {
      Map<String, Entry> entries =
          GSON.fromJson(Files.readString(file), new TypeToken<Map<String, Entry>>() {});
      entries.forEach(
          (kind, entry) -> {
            if (entry.isSound()) byKind.put(kind, new Lengths(entry.seconds, entry.generations));
          });
    } catch (IOException | RuntimeException e) { // whatever is in it
      LOG.log(Level.DEBUG, "no history in {0}: {1}", file, e);
    }
  }

  /** Writes the file, whole or not at all. */
  void save() {
    if (file == null) return;
    Map<String, Entry> entries = new TreeMap<>();
    byKind.forEach((kind, lengths) -> entries.put(kind, Entry.of(lengths)));
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "history", ".part");
      try {
        Files.writeString(part, GSON.toJson(entries));
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the history cannot be saved in {0}: {1}", file, e);
    }
  }

  /** A line of the file. */
  private static final class Entry {
    double seconds;
    int generations;

    static Entry of(Lengths lengths) {
      Entry entry = new Entry();
      entry.seconds = Math.rint(lengths.expected() * 10) / 10;
      entry.generations = lengths.weight();
      return entry;
    }

    boolean isSound() {
      return seconds > 0 && seconds < 1e9 && generations > 0;
    }
  }
}
