package io.github.aimlvideo.internal.json;

import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.github.aimlvideo.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes an image as its URL, or leaves a place for its content; reads URLs. */
final class ImageAdapter extends TypeAdapter<Image> {
  @Override
  public void write(JsonWriter out, @Nullable Image image) throws IOException {
    if (image == null) {
      out.nullValue();
      return;
    }
    image.encodedLength(); // fails now if the file is gone or has changed
    Optional<String> url = image.url();
    if (url.isPresent()) out.value(url.get());
    else if (out instanceof StreamingJsonBody.Pieces pieces) pieces.image(image);
    else out.value(whole(image)); // another writer takes it only as a whole
  }

  private static String whole(Image image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    image.encodeTo(out);
    return out.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public @Nullable Image read(JsonReader in) throws IOException {
    if (in.peek() == JsonToken.NULL) {
      in.nextNull();
      return null;
    }
    try {
      return Image.url(in.nextString());
    } catch (IllegalArgumentException e) {
      throw new JsonParseException(e.getMessage(), e);
    }
  }
}
