package io.github.aimlvideo.internal.json;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.github.aimlvideo.model.ModelPricing;
import io.github.aimlvideo.model.PricingVariant;
import io.github.aimlvideo.model.VideoFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a wrong type as null, an array as its first element where the contract has none (but no
 * prices), and a link as the video that it leads to.
 */
final class LenientAdapterFactory implements TypeAdapterFactory {
  private static final Map<Class<?>, Function<String, Object>> SCALARS =
      Map.of(
          String.class,
          text -> text,
          Double.class,
          text -> amount(text.strip()).doubleValue(),
          BigDecimal.class,
          LenientAdapterFactory::amount,
          Integer.class,
          text -> Double.valueOf(text).intValue(),
          Long.class,
          text -> Double.valueOf(text).longValue(),
          Boolean.class,
          Boolean::valueOf);

  /** More than any amount of money has. */
  private static final int MAX_DIGITS = 40;

  /** Of several amounts or prices the first one may be the wrong one. */
  private static final Set<Class<?>> NEVER_FIRST =
      Set.of(BigDecimal.class, Map.class, ModelPricing.class, PricingVariant.class);

  @Override
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    TypeAdapter<T> strict = gson.getDelegateAdapter(this, type);
    Class<? super T> raw = type.getRawType();
    if (raw == Object.class) return strict;
    boolean isVideo = raw == VideoFile.class;
    boolean isList = Collection.class.isAssignableFrom(raw);
    @SuppressWarnings("unchecked") // each text is converted to its own class
    Function<String, T> scalar = (Function<String, T>) SCALARS.get(raw);
    return new TypeAdapter<>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        strict.write(out, value);
      }

      @Override
      public @Nullable T read(JsonReader in) throws IOException {
        JsonToken next = in.peek();
        if (next == JsonToken.BEGIN_ARRAY && !NEVER_FIRST.contains(raw)) {
          return isList ? strict.read(in) : first(in);
        }
        if (next == JsonToken.BEGIN_OBJECT && scalar == null && !isList) return strict.read(in);
        if (isVideo && next == JsonToken.STRING) return linked(in.nextString());
        boolean isScalar = next != JsonToken.BEGIN_ARRAY && next != JsonToken.BEGIN_OBJECT;
        if (!isScalar || next == JsonToken.NULL || scalar == null) {
          in.skipValue();
          return null;
        }
        String text = next == JsonToken.BOOLEAN ? "" + in.nextBoolean() : in.nextString();
        return converted(scalar, text);
      }

      private @Nullable T first(JsonReader in) throws IOException {
        T first = null;
        in.beginArray();
        while (in.hasNext()) {
          if (first == null) first = read(in);
          else in.skipValue();
        }
        in.endArray();
        return first;
      }

      private T linked(String url) {
        JsonObject video = new JsonObject();
        video.addProperty("url", url);
        return strict.fromJsonTree(video);
      }
    };
  }

  /** An exponent of millions would make every calculation endless. */
  private static BigDecimal amount(String text) {
    BigDecimal amount = text.length() > MAX_DIGITS ? null : new BigDecimal(text);
    if (amount != null && Math.abs(amount.scale()) <= MAX_DIGITS) return amount;
    throw new NumberFormatException(text);
  }

  private static <T> @Nullable T converted(Function<String, T> scalar, String text) {
    try {
      return scalar.apply(text);
    } catch (NumberFormatException otherType) {
      return null;
    }
  }
}
