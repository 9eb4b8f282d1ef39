package io.github.aimlvideo;

import com.google.gson.Gson;
import com.google.gson.JsonIOException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Retrofit;

/**
 * A request as JSON whose pictures are read only while it is sent.
 *
 * <p>Gson writes everything but the content of the pictures at once, in pieces: {@code json[i]},
 * then the Base64 of {@code images[i]}, and a last piece of JSON.
 */
final class RequestJson extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json");

  private final List<ByteString> json = new ArrayList<>();
  private final List<Image> images = new ArrayList<>();

  RequestJson(Gson gson, Object request) {
    Pieces pieces = new Pieces(new StringWriter());
    try {
      gson.toJson(request, request.getClass(), pieces);
    } catch (JsonIOException e) {
      throw new IllegalArgumentException(
          "a picture cannot be read: "
              + ApiException.reason(e.getCause() == null ? e : e.getCause()),
          e);
    }
    pieces.cut();
  }

  @Override
  public MediaType contentType() {
    return JSON;
  }

  @Override
  public long contentLength() throws IOException {
    long length = 0;
    for (ByteString piece : json) length += piece.size();
    for (Image image : images) length += image.base64Length();
    return length;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    for (int i = 0; i < json.size(); i++) {
      sink.write(json.get(i));
      if (i < images.size()) images.get(i).writeBase64(sink);
    }
  }

  /** Collects the pieces: what has been written is cut off wherever a picture comes. */
  private final class Pieces extends JsonWriter {
    private final StringWriter out;

    Pieces(StringWriter out) {
      super(out);
      this.out = out;
    }

    void image(Image image) throws IOException {
      jsonValue('"' + image.text());
      cut();
      images.add(image);
      out.write('"');
    }

    void cut() {
      json.add(ByteString.encodeUtf8(out.toString()));
      out.getBuffer().setLength(0);
    }
  }

  /** Writes a picture as text, or as a place to put its content; reads any text. */
  static final class ImageAdapter extends TypeAdapter<Image> {
    @Override
    public void write(JsonWriter out, @Nullable Image image) throws IOException {
      if (image == null) out.nullValue();
      else if (image.base64Length() == 0) out.value(image.text());
      else if (out instanceof Pieces pieces) pieces.image(image);
      else out.value(whole(image)); // some other Gson writer, which can only take it whole
    }

    private static String whole(Image image) throws IOException {
      Buffer buffer = new Buffer().writeUtf8(image.text());
      image.writeBase64(buffer);
      return buffer.readUtf8();
    }

    @Override
    public @Nullable Image read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return null;
      }
      return Image.text(in.nextString());
    }
  }

  /** Makes Retrofit send every body in this form. */
  static final class Factory extends Converter.Factory {
    private final Gson gson;

    Factory(Gson gson) {
      this.gson = gson;
    }

    @Override
    public Converter<?, RequestBody> requestBodyConverter(
        Type type, Annotation[] parameter, Annotation[] method, Retrofit retrofit) {
      return request -> new RequestJson(gson, request);
    }
  }
}
