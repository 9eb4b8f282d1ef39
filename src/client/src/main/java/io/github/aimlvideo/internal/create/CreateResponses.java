package io.github.aimlvideo.internal.create;

import io.github.aimlvideo.CreateOutcomeUnknownException;
import io.github.aimlvideo.internal.http.ApiExceptions;
import io.github.aimlvideo.internal.http.ApiHttp;
import io.github.aimlvideo.internal.http.ApiResponse;
import java.io.FileNotFoundException;
import java.nio.file.FileSystemException;
import okhttp3.HttpUrl;

/** What responses and failures of a create say about its outcome. */
final class CreateResponses {
  private CreateResponses() {}

  /**
   * Whether nothing was created. 503 says so; any other 5xx may come from a proxy after the server
   * has accepted the create. A redirect says so if it leads away from this API.
   */
  static boolean isRejection(ApiResponse<?> response, ApiHttp api) {
    int status = response.status();
    return status / 100 == 4 || status == 503 || status / 100 == 3 && leadsAway(response, api);
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
    String reason = "the response was " + response.status() + " without an id";
    String message = response.message();
    return new CreateOutcomeUnknownException(
        message.isEmpty() ? reason : reason + ": " + message,
        clientRequestId,
        ApiExceptions.refused(response, null, clientRequestId));
  }

  /** An image that cannot be read now cannot be read in a second. */
  static boolean isUnreadableImage(Throwable failure) {
    return failure instanceof FileSystemException || failure instanceof FileNotFoundException;
  }
}
