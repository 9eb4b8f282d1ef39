package io.github.aimlvideo.testing;

import com.google.gson.JsonObject;
import java.util.Optional;

/**
 * A create that the mock accepted.
 *
 * @param model the requested model
 * @param body the whole request body; texts of more than 10,000 characters, such as images, are
 *     shortened to the first 1,000
 * @param clientRequestId the {@code X-Client-Request-Id} header, if the request had one
 * @param generationId the id of the generation that was created
 */
public record RecordedCreate(
    String model, JsonObject body, Optional<String> clientRequestId, String generationId) {}
