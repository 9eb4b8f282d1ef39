package io.github.aimlvideo.internal.catalog;

import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.VideoRequest;
import io.github.aimlvideo.catalog.CatalogModel;
import io.github.aimlvideo.internal.validation.ModelProperty;
import io.github.aimlvideo.internal.validation.RequestConverter;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The properties of a request as text, with the contract's defaults where they are absent. */
final class RequestValues {
  private final Map<String, Object> given;
  private final Optional<VideoRequest> typed;

  RequestValues(VideoRequest request, CatalogModel model) {
    if (request instanceof UntypedVideoRequest untyped) {
      given = untyped.properties();
      typed =
          Stream.concat(Stream.of(request.getModel(), model.id()), model.aliases().stream())
              .flatMap(name -> RequestConverter.convert(name, Map.of()).request().stream())
              .findFirst();
    } else {
      given = Map.of();
      typed = Optional.of(request);
    }
  }

  /** Empty if the request does not have it, and its default is not known. */
  Optional<String> get(String name) {
    Object value = given.get(name);
    if (value instanceof JsonPrimitive primitive) return Optional.of(primitive.getAsString());
    if (value != null && !(value instanceof JsonNull)) return Optional.of(value.toString());
    return typed
        .map(request -> ModelProperty.textOf(request, name))
        .filter(text -> !text.isEmpty());
  }

  /** Whether two values are the same: {@code 5} and {@code 5.0} are, in any case of letters. */
  static boolean same(String a, String b) {
    if (a.equalsIgnoreCase(b)) return true;
    try {
      return new BigDecimal(a).compareTo(new BigDecimal(b)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
