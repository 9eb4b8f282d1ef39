package io.github.aimlvideo.cli;

import io.github.aimlvideo.ApiException;
import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.GenerationFailedException;
import io.github.aimlvideo.GenerationInterruptedException;
import io.github.aimlvideo.GenerationTimeoutException;
import io.github.aimlvideo.InvalidApiKeyException;
import io.github.aimlvideo.VideoException;
import io.github.aimlvideo.batch.BatchException;
import io.github.aimlvideo.cli.batch.DatabaseError;

/** The documented exit codes. */
public final class ExitCode {
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int STILL_RUNNING = 3;
  public static final int DENIED = 4;
  public static final int OTHER = 5;
  public static final int UNKNOWN = 6;
  public static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** The exit code for a failure of a command that changes nothing. */
  public static int of(RuntimeException e) {
    if (e instanceof VideoException failure) return of(failure);
    if (e instanceof InvalidApiKeyException) return DENIED;
    if (e instanceof BatchException failure) return DatabaseError.exitCode(failure);
    return e instanceof IllegalArgumentException ? USAGE : OTHER;
  }

  /** The exit code for a failure. */
  public static int of(VideoException e) {
    if (e instanceof GenerationFailedException) return FAILED;
    if (e instanceof GenerationTimeoutException) return STILL_RUNNING;
    if (e instanceof GenerationInterruptedException) return INTERRUPTED;
    if (e instanceof CreateOutcomeUnknownException) return UNKNOWN;
    if (e instanceof ApiException api && (api.status() == 401 || api.status() == 403))
      return DENIED;
    return OTHER;
  }
}
