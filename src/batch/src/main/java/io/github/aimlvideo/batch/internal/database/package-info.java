/** Transactions on an SQLite file or a PostgreSQL database. */
@NullMarked
package io.github.aimlvideo.batch.internal.database;

import org.jspecify.annotations.NullMarked;
