package io.github.aimlvideo;

/**
 * What is to be made, and by which model: a generated class of {@link io.github.aimlvideo.model},
 * whose properties are checked before anything is sent, or a {@link UntypedVideoRequest} for any
 * model.
 */
public interface VideoRequest {
  /** The name of the model, such as {@code kling-video/v1/standard/image-to-video}. */
  String getModel();
}
