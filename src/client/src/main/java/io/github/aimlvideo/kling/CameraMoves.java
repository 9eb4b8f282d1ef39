package io.github.aimlvideo.kling;

import io.github.aimlvideo.model.CameraConfig;
import io.github.aimlvideo.model.CameraControl;
import io.github.aimlvideo.model.CameraMove;

/**
 * Camera moves by name, for {@code cameraControl}.
 *
 * <p>An amount is from -10 to 10, but not 0; Kling accepts one amount for a video, and no camera
 * move together with masks or a last frame. The meaning of the signs is from Kling's page "Image to
 * Video"; the vendor does not document it.
 */
public final class CameraMoves {
  private static final double MAX = 10;

  private CameraMoves() {}

  /** The camera moves along the x-axis: left below 0, right above. */
  public static CameraControl horizontal(double amount) {
    return simple(new CameraConfig().horizontal(checked("horizontal", amount)));
  }

  /** The camera moves along the y-axis: down below 0, up above. */
  public static CameraControl vertical(double amount) {
    return simple(new CameraConfig().vertical(checked("vertical", amount)));
  }

  /**
   * The camera turns in place. Kling's pages disagree on the axis: in the Chinese one, it turns
   * left below 0 and right above, as a pan usually does; in the English one, down below 0 and up
   * above. Unknown which one applies.
   */
  public static CameraControl pan(double amount) {
    return simple(new CameraConfig().pan(checked("pan", amount)));
  }

  /**
   * The camera turns in place. Kling's pages disagree on the axis: in the Chinese one, it turns
   * down below 0 and up above, as a tilt usually does; in the English one, left below 0 and right
   * above. Unknown which one applies.
   */
  public static CameraControl tilt(double amount) {
    return simple(new CameraConfig().tilt(checked("tilt", amount)));
  }

  /** The camera rolls around the z-axis: counterclockwise below 0, clockwise above. */
  public static CameraControl roll(double amount) {
    return simple(new CameraConfig().roll(checked("roll", amount)));
  }

  /**
   * The focal length changes: below 0, it grows, the view narrows and things come nearer; above 0,
   * the view widens.
   */
  public static CameraControl zoom(double amount) {
    return simple(new CameraConfig().zoom(checked("zoom", amount)));
  }

  /** The camera descends and moves back: things move up and away. */
  public static CameraControl downBack() {
    return new CameraControl().type(CameraMove.DOWN_BACK);
  }

  /** The camera moves forward and tilts up. */
  public static CameraControl forwardUp() {
    return new CameraControl().type(CameraMove.FORWARD_UP);
  }

  /** The camera turns right and moves forward. */
  public static CameraControl rightTurnForward() {
    return new CameraControl().type(CameraMove.RIGHT_TURN_FORWARD);
  }

  /** The camera turns left and moves forward. */
  public static CameraControl leftTurnForward() {
    return new CameraControl().type(CameraMove.LEFT_TURN_FORWARD);
  }

  /** The other values stay absent, as in the vendor's examples. */
  private static CameraControl simple(CameraConfig config) {
    return new CameraControl().type(CameraMove.SIMPLE).config(config);
  }

  private static double checked(String name, double amount) {
    boolean inRange = Math.abs(amount) <= MAX; // false for NaN
    if (!inRange) throw new IllegalArgumentException(name + " not from -10 to 10: " + amount);
    if (amount == 0) throw new IllegalArgumentException(name + " is 0, the camera would not move");
    return amount;
  }
}
