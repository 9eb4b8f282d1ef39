package io.github.aimlvideo.testing;

import com.google.gson.JsonObject;
import java.util.Optional;

/**
 * A create that the mock accepted.
 *
 * @param model the model that was asked for
 * @param body the whole request as it came; of texts of more than 10,000 characters, such as
 *     pictures, only the first 1,000
 * @param clientRequestId the {@code X-Client-Request-Id}, if the request had one
 * @param generationId the id of the generation that it began
 */
public record RecordedCreate(
    String model, JsonObject body, Optional<String> clientRequestId, String generationId) {}
