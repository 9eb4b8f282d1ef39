package io.github.aimlvideo.batch.internal.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.batch.BatchException.Reason;
import io.github.aimlvideo.batch.internal.database.Database;
import io.github.aimlvideo.batch.internal.database.FolderLock;
import io.github.aimlvideo.batch.internal.database.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * The database of a folder. It is checked before SQLite may write to it, so that one that is
 * refused stays as it is.
 */
public final class BatchFile implements AutoCloseable {
  public static final String NAME = "batch.db";

  /** The results of a batch, and the journal of an older version. */
  private static final List<String> EARLIER_RUN = List.of("results.jsonl", "journal.jsonl");

  /** How a file of SQLite begins, up to its first NUL. */
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private static final int HEADER = 100;
  private static final int BUSY_TIMEOUT = 60_000;

  private final FolderLock lock;
  private final HikariDataSource pool;
  private final BatchStore store;

  private BatchFile(FolderLock lock, HikariDataSource pool, BatchStore store) {
    this.lock = lock;
    this.pool = pool;
    this.store = store;
  }

  /**
   * Locks a folder and opens its database; makes both, unless they exist.
   *
   * @throws BatchException if another process has the folder, or the database cannot be used
   */
  public static BatchFile open(BatchConfig config, Path folder) {
    FolderLock lock = FolderLock.lock(folder);
    Path file = folder.resolve(NAME);
    try {
      prepare(config, file);
      HikariDataSource pool = pool(file);
      try {
        return new BatchFile(lock, pool, new BatchStore(config, Database.open(pool, lock)));
      } catch (RuntimeException e) {
        pool.close();
        throw e;
      }
    } catch (IOException e) {
      lock.close();
      throw new BatchException(Reason.FAILED, "cannot read or write " + file, e);
    } catch (BatchException e) {
      lock.close();
      String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
      throw new BatchException(e.reason(), file + ": " + message + "; nothing was sent", e);
    }
  }

  /** The rows in the database. */
  public BatchStore store() {
    return store;
  }

  /**
   * A connection to a file that passes SQLite's own check. There is one, as SQLite has one writer;
   * commits are on disk when they return. The rollback journal is used, as damage to a write-ahead
   * log makes SQLite forget commits without a word.
   */
  private static HikariDataSource pool(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT);
    config.setSynchronous(SynchronousMode.FULL);
    config.setJournalMode(JournalMode.TRUNCATE);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    Database.check(source); // a pool would try again for a minute
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(source);
    pool.setMaximumPoolSize(1);
    pool.setMaxLifetime(0);
    pool.setConnectionTimeout(BUSY_TIMEOUT);
    pool.setPoolName("aiml-video-batch");
    pool.setConnectionInitSql("attach database ':memory:' as " + Schema.QUEUE);
    pool.setInitializationFailTimeout(-1);
    return new HikariDataSource(pool);
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static boolean hasContent(Path file) throws IOException {
    return Files.exists(file) && Files.size(file) > 0;
  }

  private static void prepare(BatchConfig config, Path file) throws IOException {
    Path journal = beside(file, "-journal");
    if (Files.exists(file)) {
      checkHeader(file);
      if (hasContent(beside(file, "-wal")))
        throw Database.unusable("another program has written " + file.getFileName() + "-wal", null);
      if (hasContent(journal)) rehearseRecovery(config, file, journal);
      return;
    }
    for (String name : EARLIER_RUN) {
      if (Files.exists(file.resolveSibling(name)))
        throw Database.unusable("the file is missing beside " + name + " of an earlier run", null);
    }
    if (hasContent(journal))
      throw Database.unusable("the file is missing beside " + journal.getFileName(), null);
    make(file);
  }

  /** Nothing that is empty, foreign or in another journal mode is given to SQLite. */
  private static void checkHeader(Path file) throws IOException {
    if (!Files.isRegularFile(file)) throw Database.unusable("it is not a file", null);
    byte[] header;
    try (InputStream in = Files.newInputStream(file)) {
      header = in.readNBytes(HEADER);
    }
    if (header.length == 0) throw Database.unusable("the database is damaged: it is empty", null);
    boolean sqlite =
        header.length == HEADER
            && Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
            && ByteBuffer.wrap(header).getInt(68) == Schema.APPLICATION_ID;
    if (!sqlite) throw Database.unusable("it is not the database of a batch, or damaged", null);
    if (header[18] != 1 || header[19] != 1)
      throw Database.unusable("the database is damaged, or has another journal mode", null);
  }

  /** The file appears with all its tables: one that is empty has lost them. */
  private static void make(Path file) throws IOException {
    Path part = beside(file, ".part");
    Files.deleteIfExists(part);
    Files.deleteIfExists(beside(part, "-journal"));
    try (HikariDataSource pool = pool(part)) {
      Database.open(pool, null);
    }
    Files.deleteIfExists(beside(part, "-journal"));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
      folder.force(true);
    } catch (IOException e) {
      // not on Windows, where the file is in the folder already
    }
  }

  /** SQLite takes back what a killed process did not finish; first in a copy, which is checked. */
  private static void rehearseRecovery(BatchConfig config, Path file, Path journal)
      throws IOException {
    Path folder = Files.createDirectories(file.resolveSibling(".batch-check"));
    Path copy = folder.resolve(NAME);
    Path journalCopy = beside(copy, "-journal");
    try {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(journal, journalCopy, StandardCopyOption.REPLACE_EXISTING);
      try (HikariDataSource pool = pool(copy)) {
        // SQLite sees no damage, and the file would get new tables
        if (Files.size(copy) == 0)
          throw Database.unusable("the journal of the database is damaged: it keeps nothing", null);
        new BatchStore(config, Database.open(pool, null));
      }
    } finally {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(journalCopy);
      Files.deleteIfExists(folder);
    }
  }

  @Override
  public void close() {
    pool.close();
    lock.close();
  }
}
