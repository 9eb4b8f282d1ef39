package examples;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.kling.CameraMoves;
import io.github.aimlvideo.model.CameraControl;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Moves the camera. */
public final class CameraMovesExample {
  private CameraMovesExample() {}

  /** Every camera move, by a name for its video. */
  public static Map<String, CameraControl> moves() {
    Map<String, CameraControl> moves = new LinkedHashMap<>();
    // begin moves
    moves.put("travels-right", CameraMoves.horizontal(5));
    moves.put("travels-down", CameraMoves.vertical(-5));
    moves.put("pans", CameraMoves.pan(3));
    moves.put("tilts", CameraMoves.tilt(-3));
    moves.put("rolls-clockwise", CameraMoves.roll(2));
    moves.put("widens", CameraMoves.zoom(8));
    moves.put("down-and-back", CameraMoves.downBack());
    moves.put("forward-and-up", CameraMoves.forwardUp());
    moves.put("right-and-forward", CameraMoves.rightTurnForward());
    moves.put("left-and-forward", CameraMoves.leftTurnForward());
    // end moves
    return moves;
  }

  /** A request with one of these moves. */
  public static KlingVideoV1StandardImageToVideoRequest request(Image image, CameraControl move) {
    // begin request
    return new KlingVideoV1StandardImageToVideoRequest().imageUrl(image).cameraControl(move);
    // end request
  }
}
