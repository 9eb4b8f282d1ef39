package io.github.aimlvideo.internal.json;

import com.google.gson.Gson;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import okhttp3.RequestBody;
import retrofit2.Converter;
import retrofit2.Retrofit;

/** Makes Retrofit send every body as JSON with streamed images. */
public final class RequestBodyConverter extends Converter.Factory {
  private final Gson gson;

  /** Writes requests with this Gson. */
  public RequestBodyConverter(Gson gson) {
    this.gson = gson;
  }

  @Override
  public Converter<?, RequestBody> requestBodyConverter(
      Type type, Annotation[] parameter, Annotation[] method, Retrofit retrofit) {
    return request -> new StreamingJsonBody(gson, request);
  }
}
