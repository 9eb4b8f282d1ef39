package io.github.aimlvideo.cli.studio;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.cli.ErrorMessage;
import io.github.aimlvideo.cli.request.JsonText;
import io.github.aimlvideo.cli.studio.ImageStore.StoredImage;
import io.github.aimlvideo.cli.studio.http.HttpFailure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the page sends: a request in which {@code image:ID} stands for an image. */
final class RequestReader {
  private static final String SCHEME = "image:";
  private static final Pattern IMAGE = Pattern.compile(SCHEME + "(\\p{XDigit}{32})");

  private final ImageStore images;

  RequestReader(ImageStore images) {
    this.images = images;
  }

  /** The text that stands for an image. */
  static String reference(StoredImage image) {
    return SCHEME + image.id();
  }

  /**
   * The JSON object in a body.
   *
   * @throws HttpFailure if there is none
   */
  static JsonObject object(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (JsonText.parse(text) instanceof JsonObject object) return object;
      throw new HttpFailure(400, "not a JSON object");
    } catch (JsonParseException | CharacterCodingException e) {
      throw new HttpFailure(400, ErrorMessage.reason(e));
    }
  }

  /**
   * The request in the property {@code request} of a body.
   *
   * @throws HttpFailure if there is none, or one of its images is unknown
   */
  UntypedVideoRequest read(JsonObject body) {
    if (!(body.get("request") instanceof JsonObject json)) {
      throw new HttpFailure(400, "request is missing; it is an object with a model");
    }
    UntypedVideoRequest request = UntypedVideoRequest.of(json);
    for (String name : List.copyOf(request.properties().keySet())) {
      request = request.with(name, value(name, json.get(name)));
    }
    return request;
  }

  /** With images instead of the texts that stand for them. */
  private Object value(String place, JsonElement json) {
    if (json instanceof JsonArray array) {
      List<Object> values = new ArrayList<>();
      for (JsonElement item : array) {
        values.add(value(place + "[" + values.size() + "]", item));
      }
      return values;
    }
    if (json instanceof JsonObject object) {
      Map<String, Object> values = new LinkedHashMap<>();
      object.asMap().forEach((name, it) -> values.put(name, value(place + "." + name, it)));
      return values;
    }
    if (!json.isJsonPrimitive() || !json.getAsJsonPrimitive().isString()) return json;
    Matcher image = IMAGE.matcher(json.getAsString());
    if (!image.matches()) return json;
    return images
        .find(image.group(1))
        .orElseThrow(
            () -> new HttpFailure(400, place + ": the image is no longer here; add it again"))
        .image();
  }
}
