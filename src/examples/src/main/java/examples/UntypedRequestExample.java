package examples;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import java.nio.file.Path;

/** Uses a model that has no generated class. */
public final class UntypedRequestExample {
  private UntypedRequestExample() {}

  /** A request with the properties of the vendor's documentation. */
  public static UntypedVideoRequest request(Path image) {
    // begin request
    UntypedVideoRequest request =
        new UntypedVideoRequest("vendor/model-1")
            .with("prompt", "A fox walks through snow.")
            .with("image_url", Image.file(image))
            .with("duration", 8);
    // end request
    return request;
  }
}
