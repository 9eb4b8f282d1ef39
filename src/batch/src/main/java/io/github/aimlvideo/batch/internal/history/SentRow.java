package io.github.aimlvideo.batch.internal.history;

import io.github.aimlvideo.batch.BatchRow;
import io.github.aimlvideo.batch.internal.store.Row;

/**
 * A row, with what a caller does not see of it.
 *
 * @param fingerprint of its request
 * @param suspended whether no worker does anything for it until the next start
 */
public record SentRow(BatchRow row, String key, String fingerprint, boolean suspended) {
  static SentRow of(Row row) {
    return new SentRow(row.view(), row.key, row.fingerprint, row.suspended);
  }
}
