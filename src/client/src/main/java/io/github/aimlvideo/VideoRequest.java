package io.github.aimlvideo;

/**
 * A request for a video: a generated class of {@link io.github.aimlvideo.model}, which is checked
 * before anything is sent, or an {@link UntypedVideoRequest} for any model.
 */
public interface VideoRequest {
  /** The name of the model, such as {@code kling-video/v1/standard/image-to-video}. */
  String getModel();
}
