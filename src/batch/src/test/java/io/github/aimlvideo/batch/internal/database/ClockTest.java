package io.github.aimlvideo.batch.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The clocks of hosts decide nothing, as they may be minutes apart. An audit reads one to find out
 * how far it is from the server's.
 */
class ClockTest {
  private static final Pattern CLOCK =
      Pattern.compile("currentTimeMillis|(Instant|Time|Date)\\.now\\(|new Date\\(|Clock\\.system");

  @Test
  void workersReadOnlyTheClockOfTheDatabase() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<String> readers =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(ClockTest::readsAClock)
              .map(file -> file.getFileName().toString())
              .sorted()
              .toList();

      assertThat(readers).containsExactly("Audit.java", "DatabaseClock.java");
    }
  }

  private static boolean readsAClock(Path file) {
    try {
      return CLOCK.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
