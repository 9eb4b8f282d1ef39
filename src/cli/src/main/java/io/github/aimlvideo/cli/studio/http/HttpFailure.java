package io.github.aimlvideo.cli.studio.http;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/** A request of the page that cannot be done, with one clear line for a person. */
public final class HttpFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String nextName;

  /**
   * @param status of HTTP
   */
  public HttpFailure(int status, @Nullable String message) {
    this(status, message, null);
  }

  /**
   * @param status of HTTP
   * @param nextName a name that is free, if the one of the request is not
   */
  public HttpFailure(int status, @Nullable String message, @Nullable String nextName) {
    super(message);
    this.status = status;
    this.nextName = nextName;
  }

  /** The message as JSON; a request that fails has sent nothing, which is its last step. */
  public Response response() {
    JsonObject json = new JsonObject();
    json.addProperty("message", getMessage());
    json.addProperty("sent", false);
    if (nextName != null) json.addProperty("nextName", nextName);
    return Response.json(status, json);
  }
}
