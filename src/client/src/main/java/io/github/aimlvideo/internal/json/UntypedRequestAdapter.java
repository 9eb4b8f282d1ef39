package io.github.aimlvideo.internal.json;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.github.aimlvideo.UntypedVideoRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes an {@link UntypedVideoRequest} as one object, each value by its own class. */
final class UntypedRequestAdapter extends TypeAdapter<UntypedVideoRequest> {
  private final TypeAdapter<Object> values;

  private UntypedRequestAdapter(TypeAdapter<Object> values) {
    this.values = values;
  }

  @Override
  public void write(JsonWriter out, UntypedVideoRequest request) throws IOException {
    out.beginObject().name("model").value(request.getModel());
    for (var property : request.properties().entrySet()) {
      values.write(out.name(property.getKey()), property.getValue());
    }
    out.endObject();
  }

  @Override
  public UntypedVideoRequest read(JsonReader in) {
    throw new JsonParseException("a request is only written");
  }

  static final class Factory implements TypeAdapterFactory {
    @Override
    @SuppressWarnings("unchecked") // only for that type
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      if (type.getRawType() != UntypedVideoRequest.class) return null;
      return (TypeAdapter<T>) new UntypedRequestAdapter(gson.getAdapter(Object.class)).nullSafe();
    }
  }
}
