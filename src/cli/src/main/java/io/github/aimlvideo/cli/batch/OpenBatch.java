package io.github.aimlvideo.cli.batch;

import com.zaxxer.hikari.HikariDataSource;
import io.github.aimlvideo.batch.VideoBatch;
import org.jspecify.annotations.Nullable;

/** A batch and the connections that it does not close itself; null if it has none. */
record OpenBatch(VideoBatch batch, @Nullable HikariDataSource connections)
    implements AutoCloseable {
  @Override
  public void close() {
    batch.close();
    if (connections != null) connections.close();
  }
}
