package io.github.aimlvideo.internal.json;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Converter;
import retrofit2.Retrofit;

/** Requests as JSON with streamed images, and lenient responses, for Retrofit. */
public final class JsonConverterFactory extends Converter.Factory {
  @Override
  public Converter<?, RequestBody> requestBodyConverter(
      Type type, Annotation[] parameter, Annotation[] method, Retrofit retrofit) {
    return request -> new StreamingJsonBody(Json.REQUESTS, request);
  }

  @Override
  public Converter<ResponseBody, ?> responseBodyConverter(
      Type type, Annotation[] annotations, Retrofit retrofit) {
    return body -> Json.RESPONSES.fromJson(body.string(), type);
  }
}
