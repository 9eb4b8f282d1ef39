package examples;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.UntypedVideoRequest;
import java.nio.file.Path;

/** A model that has no class here. */
public final class Free {
  private Free() {}

  /** A request with properties as the vendor's documentation has them. */
  public static UntypedVideoRequest request(Path picture) {
    // begin request
    UntypedVideoRequest request =
        new UntypedVideoRequest("vendor/model-1")
            .with("prompt", "A fox walks through snow.")
            .with("image_url", Image.file(picture))
            .with("duration", 8);
    // end request
    return request;
  }
}
