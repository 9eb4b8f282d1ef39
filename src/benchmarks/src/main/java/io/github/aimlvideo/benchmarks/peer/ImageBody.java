package io.github.aimlvideo.benchmarks.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A create request whose image is encoded while it is written. */
final class ImageBody extends RequestBody {
  private static final int CHUNK = 3 * 8192;
  private static final String BEGIN =
      "{\"model\":\"kling-video/v1/standard/image-to-video\","
          + "\"image_url\":\"data:image/png;base64,";

  private final Path image;
  private final String end;

  ImageBody(Path image, String prompt) {
    this.image = image;
    this.end = "\",\"prompt\":\"" + prompt + "\"}";
  }

  @Override
  public MediaType contentType() {
    return MediaType.get("application/json");
  }

  @Override
  public long contentLength() throws IOException {
    return BEGIN.length() + (Files.size(image) + 2) / 3 * 4 + end.length();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.writeString(BEGIN, StandardCharsets.UTF_8);
    Base64.Encoder encoder = Base64.getEncoder();
    byte[] chunk = new byte[CHUNK];
    byte[] encoded = new byte[CHUNK / 3 * 4];
    try (InputStream in = Files.newInputStream(image)) {
      int length;
      while ((length = in.readNBytes(chunk, 0, CHUNK)) == CHUNK)
        sink.write(encoded, 0, encoder.encode(chunk, encoded));
      sink.write(encoder.encode(Arrays.copyOf(chunk, length)));
    }
    sink.writeString(end, StandardCharsets.UTF_8);
  }
}
