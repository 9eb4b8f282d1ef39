package io.github.aimlvideo.internal.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.model.GenerationError;

/** How the contract's classes become JSON and back; absent values are left out. */
public final class Json {
  /** Exactly as the contract says. */
  public static final Gson REQUESTS =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeAdapter(Image.class, new ImageAdapter())
          .create();

  private static final Gson LENIENT =
      REQUESTS.newBuilder().registerTypeAdapterFactory(new LenientAdapterFactory()).create();

  /** Whatever a server sends: nothing is fatal, as somebody has paid for it. */
  public static final Gson RESPONSES =
      LENIENT
          .newBuilder()
          .registerTypeAdapter(GenerationError.class, new GenerationErrorDeserializer(LENIENT))
          .create();

  private Json() {}
}
