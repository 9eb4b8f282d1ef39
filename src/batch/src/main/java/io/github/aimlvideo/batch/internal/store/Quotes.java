package io.github.aimlvideo.batch.internal.store;

import io.github.aimlvideo.catalog.Quote;

/** What the creates of rows cost by the vendor's catalogue. */
@FunctionalInterface
public interface Quotes {
  /** The quote for a row. Sends nothing; a price that is not known says why. */
  Quote of(Row row);
}
