package io.github.aimlvideo.internal.json;

import com.google.gson.Gson;
import com.google.gson.JsonIOException;
import com.google.gson.stream.JsonWriter;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import io.github.aimlvideo.internal.core.Failures;
import io.github.aimlvideo.internal.values.ShortText;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request as JSON whose images are read while it is sent. OkHttp never sends it twice. If an
 * image cannot be read then, the end of the JSON is never sent, so no server can accept the
 * request.
 *
 * <p>Gson writes everything but the content of the images in advance, in pieces: {@code texts[i]},
 * then {@code images[i]}, and a last piece of JSON.
 */
public final class StreamingJsonBody extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json");

  private final List<ByteString> texts = new ArrayList<>();
  private final List<Image> images = new ArrayList<>();
  private volatile @Nullable IOException imageFailure;

  /**
   * Prepares a request.
   *
   * @throws IllegalArgumentException if an image cannot be read
   */
  public StreamingJsonBody(Gson gson, Object request) {
    Pieces pieces = new Pieces(new StringWriter());
    Object json = request instanceof UntypedVideoRequest untyped ? properties(untyped) : request;
    try {
      gson.toJson(json, json.getClass(), pieces);
    } catch (JsonIOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String message = "an image cannot be read: " + Failures.describe(cause);
      throw new IllegalArgumentException(ShortText.message(message), e);
    }
    pieces.cut();
  }

  /** Including the model, which comes first. */
  private static Map<String, Object> properties(UntypedVideoRequest request) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("model", request.getModel());
    properties.putAll(request.properties());
    return properties;
  }

  @Override
  public MediaType contentType() {
    return JSON;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public long contentLength() throws IOException {
    long length = 0;
    for (ByteString piece : texts) length += piece.size();
    for (Image image : images) length += image.encodedLength();
    return length;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    imageFailure = null;
    for (int i = 0; i < texts.size(); i++) {
      sink.write(texts.get(i));
      if (i < images.size()) write(images.get(i), sink);
    }
  }

  private void write(Image image, BufferedSink sink) throws IOException {
    try {
      image.encodeTo(sink.outputStream());
    } catch (FileSystemException e) {
      imageFailure = e;
      throw e;
    }
  }

  /** Whether this failure of a call means that the end of its body was never sent. */
  public static boolean isUnfinished(@Nullable RequestBody body, Throwable failure) {
    return body instanceof StreamingJsonBody json && json.imageFailure == failure;
  }

  /** Collects the pieces: what has been written is cut off wherever an image comes. */
  final class Pieces extends JsonWriter {
    private final StringWriter out;

    private Pieces(StringWriter out) {
      super(out);
      this.out = out;
    }

    void image(Image image) throws IOException {
      jsonValue("\"");
      cut();
      images.add(image);
      out.write('"');
    }

    private void cut() {
      texts.add(ByteString.encodeUtf8(out.toString()));
      out.getBuffer().setLength(0);
    }
  }
}
