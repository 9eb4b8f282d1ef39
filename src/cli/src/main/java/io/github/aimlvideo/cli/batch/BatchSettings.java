package io.github.aimlvideo.cli.batch;

import java.time.Duration;

/**
 * The options of a batch.
 *
 * @param concurrency maximum number of generations in flight
 * @param retryFailed whether failed rows are created again
 * @param resubmitUnknown whether rows with an unknown outcome are created again
 * @param recoveryTimeout how long after its create to search the logs for a row
 * @param rejectionTimeout how long the server may reject every create
 */
record BatchSettings(
    int concurrency,
    boolean retryFailed,
    boolean resubmitUnknown,
    Duration recoveryTimeout,
    Duration rejectionTimeout) {}
