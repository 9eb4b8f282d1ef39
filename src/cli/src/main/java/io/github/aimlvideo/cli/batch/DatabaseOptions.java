package io.github.aimlvideo.cli.batch;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a batch in PostgreSQL. */
public final class DatabaseOptions {
  private static final String VARIABLE = "AIML_VIDEO_DB";
  private static final String OPTION = "--db";

  @Option(
      names = OPTION,
      paramLabel = "JDBC_URL",
      description = {
        "PostgreSQL database for the rows, in place of DIR, so that several machines can",
        "work on them: jdbc:postgresql://HOST/NAME?user=USER (default: the environment",
        "variable AIML_VIDEO_DB, which suits a password better)."
      })
  private @Nullable String url;

  @Option(
      names = "--batch",
      paramLabel = "NAME",
      description = "Which batch in the database (default: default).")
  private @Nullable String batch;

  /**
   * The database, if the rows are not in a folder.
   *
   * @throws IllegalArgumentException if its URL is wrong
   */
  public Optional<DatabaseUrl> database() {
    if (url != null) return Optional.of(DatabaseUrl.parse(OPTION, url));
    String variable = System.getenv(VARIABLE);
    if (variable == null || variable.isBlank()) return Optional.empty();
    return Optional.of(DatabaseUrl.parse(VARIABLE, variable));
  }

  /** The name of the batch. */
  public String batch() {
    return batch == null ? "default" : batch;
  }

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  public void check() {
    boolean inFolder = database().isEmpty();
    if (batch != null && inFolder)
      throw new IllegalArgumentException("--batch needs --db; a folder has one batch");
    if (batch != null && (batch.isBlank() || batch.length() > 100))
      throw new IllegalArgumentException("--batch must have 1 to 100 characters");
  }

  /** Whether the command line has one of these options. */
  public boolean isGiven() {
    return url != null || batch != null;
  }

  /** Connects to the database. */
  Optional<HikariDataSource> open() {
    return database().map(DatabaseUrl::open);
  }

  /** Whether the command line has a password, so that it cannot be shown. */
  boolean isSecret() {
    return url != null && database().filter(DatabaseUrl::hasPassword).isPresent();
  }

  /** Arguments without a URL that has a password. */
  List<String> shown(List<String> arguments) {
    if (!isSecret()) return arguments;
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).equals(OPTION)) i++;
      else if (!arguments.get(i).startsWith(OPTION + "=")) shown.add(arguments.get(i));
    }
    return shown;
  }

  /** What is printed before a command that resumes. */
  String resumeLabel() {
    return isSecret()
        ? "set AIML_VIDEO_DB to the URL of the database, then resume with:"
        : "resume with:";
  }
}
