package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.cli.ExitCode;

/** Words what is wrong with the database of a batch, with the way out. */
public final class DatabaseError {
  private DatabaseError() {}

  /** Nothing was sent with a database that is not usable. */
  public static int exitCode(BatchException e) {
    return switch (e.reason()) {
      case UNUSABLE, OTHER_SERVER -> ExitCode.USAGE;
      case IN_USE, FAILED -> ExitCode.OTHER;
    };
  }

  /** The failure with the way out, for a command that opens the batch. */
  public static String message(BatchException e, String database) {
    return switch (e.reason()) {
      case IN_USE -> e.getMessage() + "; wait for it or stop it";
      case OTHER_SERVER -> place(e, database) + "; use that URL or another --out";
      case UNUSABLE ->
          place(e, database)
              + "; restore it, or choose another --out, which creates all rows again";
      case FAILED -> place(e, database);
    };
  }

  /** The failure, with the database unless it names that. */
  public static String place(BatchException e, String database) {
    String message = String.valueOf(e.getMessage());
    return message.contains(database) ? message : database + ": " + message;
  }
}
