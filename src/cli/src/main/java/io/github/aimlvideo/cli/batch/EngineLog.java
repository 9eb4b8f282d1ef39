package io.github.aimlvideo.cli.batch;

import io.github.aimlvideo.cli.terminal.LogFormatter;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The logs of the database and the engine: on standard error, or nowhere. */
public final class EngineLog {
  /** Strong references; java.util.logging drops the settings of a collected logger. */
  private static final List<Logger> LOGGERS =
      Stream.of("com.github.kagkarlsson", "com.zaxxer.hikari", "org.sqlite")
          .map(Logger::getLogger)
          .toList();

  /** It would log URLs, which may have passwords. */
  private static final Logger POSTGRESQL = Logger.getLogger("org.postgresql");

  private EngineLog() {}

  /** Shows the logs on standard error, or not. */
  public static void show(boolean verbose) {
    POSTGRESQL.setLevel(Level.OFF);
    for (Logger logger : LOGGERS) {
      logger.setUseParentHandlers(false);
      logger.setLevel(verbose ? Level.INFO : Level.OFF);
      if (!verbose || logger.getHandlers().length > 0) continue;
      Handler handler = new ConsoleHandler();
      handler.setFormatter(new LogFormatter());
      logger.addHandler(handler);
    }
  }
}
