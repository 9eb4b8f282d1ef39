package io.github.aimlvideo.cli.batch;

import java.time.Duration;

/**
 * What a batch is asked to do.
 *
 * @param concurrency how many generations may be in flight
 * @param retryFailed whether rows that failed are sent anew
 * @param resubmitUnknown whether rows are sent anew of which nobody knows whether they were
 *     accepted
 * @param recoveryTimeout how long after its create a row is looked for in the logs
 * @param patience how long the server may refuse every create
 */
record Settings(
    int concurrency,
    boolean retryFailed,
    boolean resubmitUnknown,
    Duration recoveryTimeout,
    Duration patience) {}
