package io.github.aimlvideo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.aimlvideo.internal.validation.KlingRequestChecks;
import io.github.aimlvideo.internal.validation.RequestConverter;
import io.github.aimlvideo.internal.values.ShortText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to any model, by its name and properties: for a model without a generated class, or for
 * properties from elsewhere.
 * <!-- request of src/examples/src/main/java/examples/UntypedRequestExample.java -->
 *
 * <pre>{@code
 * UntypedVideoRequest request =
 *     new UntypedVideoRequest("vendor/model-1")
 *         .with("prompt", "A fox walks through snow.")
 *         .with("image_url", Image.file(image))
 *         .with("duration", 8);
 * }</pre>
 *
 * <p>It is sent as it is; only the model is required. {@link #toTyped} checks it, and converts it
 * to the generated class of its model if there is one. Immutable, as far as the values are.
 */
public final class UntypedVideoRequest implements VideoRequest {
  private static final String MODEL = "model";

  private final String model;
  private final Map<String, Object> properties;

  /**
   * A request without properties.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  public UntypedVideoRequest(String model) {
    this(model, Map.of());
  }

  private UntypedVideoRequest(String model, Map<String, Object> properties) {
    if (Objects.requireNonNull(model, MODEL).isBlank()) {
      throw new IllegalArgumentException("model is blank");
    }
    this.model = model;
    this.properties = Collections.unmodifiableMap(properties);
  }

  /**
   * A request as in the vendor's documentation: one JSON object that includes the model.
   *
   * @throws IllegalArgumentException if it has no model
   */
  public static UntypedVideoRequest of(JsonObject json) {
    JsonElement model = json.get(MODEL);
    if (model == null || !model.isJsonPrimitive()) {
      throw new IllegalArgumentException("model is missing; it is required");
    }
    Map<String, Object> properties = new LinkedHashMap<>(json.asMap());
    properties.remove(MODEL);
    return new UntypedVideoRequest(model.getAsString(), properties);
  }

  /**
   * The same request with another value of a property; this one does not change.
   *
   * @param name as in the vendor's documentation, such as {@code image_url}
   * @param value a string, a number, a boolean, an {@link Image}, a list or a map of these, or one
   *     of Gson's elements; null removes the property
   * @throws IllegalArgumentException if the name is {@code model}
   */
  public UntypedVideoRequest with(String name, @Nullable Object value) {
    if (name.equals(MODEL)) throw new IllegalArgumentException("the model is set already");
    Map<String, Object> changed = new LinkedHashMap<>(properties);
    if (value == null) changed.remove(name);
    else changed.put(name, value);
    return new UntypedVideoRequest(model, changed);
  }

  @Override
  public String getModel() {
    return model;
  }

  /** The properties without the model, in the order in which they were set. */
  public Map<String, Object> properties() {
    return properties;
  }

  /**
   * Converts it to the generated class of its model; returns this request if there is none.
   *
   * <p>A string is accepted as a number or a boolean if it is one, and as an image if {@link
   * Image#url(String)} accepts it. Later changes of one request do not affect the other.
   *
   * @throws IllegalArgumentException if it has {@link #violations}; one line names all of them
   */
  public VideoRequest toTyped() {
    RequestConverter.Result result = RequestConverter.convert(model, properties);
    RequestConverter.refuse(result.violations());
    return result.request().orElse(this);
  }

  /**
   * Checks it against the contract: unknown properties, wrong types, violated constraints.
   *
   * @return a line for each violation that begins with the property, such as {@code
   *     camera_control.type}; empty if there is none, or the model has no generated class
   */
  public List<String> violations() {
    return RequestConverter.convert(model, properties).violations();
  }

  /**
   * Checks it against the limits of the model's maker, which the API may not have. A create tells
   * its listener the same.
   *
   * @return a line for each limit that it exceeds; empty if it has {@link #violations}, or no
   *     limits of its model are known
   */
  public List<String> warnings() {
    RequestConverter.Result result = RequestConverter.convert(model, properties);
    if (!result.violations().isEmpty()) return List.of();
    return result.request().map(KlingRequestChecks::warnings).orElse(List.of());
  }

  /** Whether the other one has the same model and equal properties, in any order. */
  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof UntypedVideoRequest other
        && model.equals(other.model)
        && properties.equals(other.properties);
  }

  @Override
  public int hashCode() {
    return Objects.hash(model, properties);
  }

  /** The model and the names of the properties. */
  @Override
  public String toString() {
    String names = ShortText.message(properties.keySet().toString());
    return "UntypedVideoRequest[" + ShortText.value(model) + ", " + names + "]";
  }
}
