package io.github.aimlvideo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request by the name of a model and free properties; for a model that has no class here, or for
 * properties that come from elsewhere.
 * <!-- request of src/examples/java/examples/Free.java -->
 *
 * <pre>{@code
 * UntypedVideoRequest request =
 *     new UntypedVideoRequest("vendor/model-1")
 *         .with("prompt", "A fox walks through snow.")
 *         .with("image_url", Image.file(picture))
 *         .with("duration", 8);
 * }</pre>
 *
 * <p>Sent as it is: nothing is checked but that there is a model. {@link #toTyped} checks it, and
 * makes an object of the class of the model, if there is one. Not safe for use by several threads,
 * and not to be changed until it is sent.
 */
public final class UntypedVideoRequest implements VideoRequest {
  private static final String MODEL = "model";

  private final String model;
  private final Map<String, Object> properties = new LinkedHashMap<>();

  /**
   * A request without properties.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  public UntypedVideoRequest(String model) {
    if (Objects.requireNonNull(model, MODEL).isBlank()) {
      throw new IllegalArgumentException("model is blank");
    }
    this.model = model;
  }

  /**
   * A request as the vendor's documentation shows it, one JSON object with the model in it.
   *
   * @throws IllegalArgumentException if it is no JSON object, or has no model
   */
  public static UntypedVideoRequest of(JsonObject json) {
    JsonElement model = json.get(MODEL);
    if (model == null || !model.isJsonPrimitive()) {
      throw new IllegalArgumentException("model is missing, it is required");
    }
    UntypedVideoRequest request = new UntypedVideoRequest(model.getAsString());
    json.entrySet().stream()
        .filter(property -> !property.getKey().equals(MODEL))
        .forEach(property -> request.with(property.getKey(), property.getValue()));
    return request;
  }

  /**
   * Sets a property.
   *
   * @param name as in the vendor's documentation, such as {@code image_url}
   * @param value whatever JSON can say: a text, a number, a boolean, an {@link Image}, a list or a
   *     map of these, one of Gson's elements; null takes the property out
   * @return this
   * @throws IllegalArgumentException if the name is {@code model}
   */
  public UntypedVideoRequest with(String name, @Nullable Object value) {
    if (name.equals(MODEL)) throw new IllegalArgumentException("the model is set already");
    if (value == null) properties.remove(name);
    else properties.put(name, value);
    return this;
  }

  @Override
  public String getModel() {
    return model;
  }

  /** The properties but for the model, in the order in which they were set. */
  public Map<String, Object> properties() {
    return Collections.unmodifiableMap(properties);
  }

  /**
   * The same request as an object of the generated class of its model; this one if there is no such
   * class.
   *
   * <p>A text is taken for a number or a boolean if it says one, and for a picture if it is a link
   * or a data URI. Later changes of one of the two do not reach the other.
   *
   * @throws IllegalArgumentException if it has {@link #violations}; one line names them all
   */
  public VideoRequest toTyped() {
    TypedRequest typed = TypedRequest.of(this);
    if (typed.faults().isEmpty()) return typed.request();
    throw new IllegalArgumentException(String.join("; ", typed.faults()));
  }

  /**
   * What the contract says against it: unknown properties, wrong types, broken rules.
   *
   * @return a line for each fault, which begins with the property, such as {@code
   *     camera_control.type}; empty if there is none, or no class of the model to tell
   */
  public List<String> violations() {
    return TypedRequest.of(this).faults();
  }

  @Override
  public String toString() {
    return "UntypedVideoRequest[" + model + ", " + properties.keySet() + "]";
  }

  /** Writes it as one object, each value by its own class. */
  static final class Adapter extends TypeAdapter<UntypedVideoRequest> {
    private final TypeAdapter<Object> values;

    Adapter(TypeAdapter<Object> values) {
      this.values = values;
    }

    @Override
    public void write(JsonWriter out, UntypedVideoRequest request) throws IOException {
      out.beginObject().name(MODEL).value(request.model);
      for (var property : request.properties.entrySet()) {
        values.write(out.name(property.getKey()), property.getValue());
      }
      out.endObject();
    }

    @Override
    public UntypedVideoRequest read(JsonReader in) {
      throw new JsonParseException("a request is only written");
    }
  }
}
