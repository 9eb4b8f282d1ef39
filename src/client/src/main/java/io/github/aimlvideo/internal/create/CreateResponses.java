package io.github.aimlvideo.internal.create;

import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.internal.core.Failures;
import io.github.aimlvideo.internal.http.ApiExceptions;
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.http.ApiResponse;
import java.nio.file.FileSystemException;
import okhttp3.HttpUrl;

/** What responses and failures of a create say about its outcome. */
final class CreateResponses {
  private CreateResponses() {}

  /**
   * Whether nothing was created. A 5xx may come from a proxy after the server has accepted the
   * create; only a 503 says so that is the API's own, or asks to come back. A redirect says so if
   * it leads away from this API.
   */
  static boolean isRejection(ApiResponse<?> response, ApiHttp api) {
    return switch (response.status() / 100) {
      case 3 -> leadsAway(response, api);
      case 4 -> true;
      default -> response.status() == 503 && (asksToComeBack(response) || response.isApiError());
    };
  }

  private static boolean asksToComeBack(ApiResponse<?> response) {
    return response.header("Retry-After").isPresent();
  }

  private static boolean leadsAway(ApiResponse<?> response, ApiHttp api) {
    return response
        .header("Location")
        .map(HttpUrl::parse)
        .filter(url -> !api.isOurs(url))
        .isPresent();
  }

  /** The outcome of a create whose response has no id. */
  static CreateOutcomeUnknownException withoutId(ApiResponse<?> response, String clientRequestId) {
    Throwable failure = response.failure();
    String reason = "the response was " + response.status() + " without an id";
    String message = failure == null ? response.message() : Failures.describe(failure);
    return new CreateOutcomeUnknownException(
        message.isEmpty() ? reason : reason + ": " + message,
        clientRequestId,
        ApiExceptions.refused(response, null, clientRequestId));
  }

  /** An image that cannot be read now cannot be read in a second. */
  static boolean isUnreadableImage(Throwable failure) {
    return failure instanceof FileSystemException;
  }
}
