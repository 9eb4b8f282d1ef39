package io.github.aimlvideo.internal.json;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.github.aimlvideo.Image;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes an image as its URL, or leaves a place for its content. */
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
    else ((StreamingJsonBody.Pieces) out).image(image);
  }

  @Override
  public Image read(JsonReader in) {
    throw new UnsupportedOperationException("images are only written");
  }
}
