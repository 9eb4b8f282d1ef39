package io.github.aimlvideo.cli.batch;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.cli.ErrorMessage;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The URL of a PostgreSQL database. Its password is never shown. */
public final class DatabaseUrl {
  private static final Pattern PASSWORD = Pattern.compile("(?i)[?&](?:ssl)?password=([^&]*)");

  /** The driver would take it for a part of the host. */
  private static final Pattern USER_INFO = Pattern.compile("^[^?]*@");

  /** For the threads of a worker. */
  private static final int CONNECTIONS = 10;

  /** Seconds; a statement that takes longer is taken for a connection that fell silent. */
  private static final int SOCKET_TIMEOUT = 60;

  private final String url;
  private final List<String> passwords;

  private DatabaseUrl(String url) {
    this.url = url;
    passwords = PASSWORD.matcher(url).results().map(match -> match.group(1)).toList();
  }

  /**
   * Reads a URL.
   *
   * @param source names where it is from
   * @throws IllegalArgumentException if it is none; the message does not have it
   */
  static DatabaseUrl parse(String source, String url) {
    try {
      if (url.startsWith("jdbc:postgresql:") && !USER_INFO.matcher(url).find()) {
        DriverManager.getDriver(url);
        return new DatabaseUrl(url);
      }
    } catch (SQLException e) {
      // the driver does not accept it
    }
    throw new IllegalArgumentException(
        source
            + " is not the URL of a PostgreSQL database, such as"
            + " jdbc:postgresql://HOST/NAME?user=USER");
  }

  /** Whether a command with the URL would show a password. */
  boolean hasPassword() {
    return !passwords.isEmpty();
  }

  /** The URL without its parameters. */
  @Override
  public String toString() {
    return url.replaceFirst("\\?.*", "");
  }

  /** A text without URL and password. */
  String redact(String text) {
    String safe = text.replace(url, toString());
    for (String password : passwords) {
      if (password.isEmpty()) continue;
      safe = safe.replace(password, "***");
      safe = safe.replace(URLDecoder.decode(password, StandardCharsets.UTF_8), "***");
    }
    return safe;
  }

  /**
   * Connects to the database.
   *
   * @throws BatchException if that fails
   */
  public HikariDataSource open() {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(url);
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT);
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(1);
    pool.setPoolName("aiml-video-batch");
    try {
      return new HikariDataSource(pool);
    } catch (PoolInitializationException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      if (cause.getCause() instanceof IOException connection) cause = connection;
      String reason = redact(ErrorMessage.reason(cause)).replaceAll("\\s+", " ");
      throw new BatchException(BatchException.Reason.FAILED, "cannot connect: " + reason, null);
    }
  }
}
