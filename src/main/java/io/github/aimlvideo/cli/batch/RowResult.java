package io.github.aimlvideo.cli.batch;

import java.math.BigDecimal;

/**
 * What became of a row of the manifest; null is what nobody knows.
 *
 * @param status one of completed, failed, running, unknown, unsent
 * @param picture an http(s) or data URL, or the absolute path of a file
 * @param file the name of the film in the folder of the batch
 * @param reason why it failed, or what stands in the way
 */
record RowResult(
    String name,
    String status,
    String picture,
    String prompt,
    String file,
    BigDecimal creditsUsed,
    Double elapsedSeconds,
    String id,
    String clientRequestId,
    String reason) {}
