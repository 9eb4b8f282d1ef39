package io.github.aimlvideo.kling;

import io.github.aimlvideo.model.CameraConfig;
import io.github.aimlvideo.model.CameraControl;
import io.github.aimlvideo.model.CameraMove;

/**
 * Camera moves by name, for {@code cameraControl}.
 *
 * <p>The amounts go from -10 to 10 and are not 0; the maker of the Kling models takes one of them
 * for a video. What a sign means is quoted from the maker's page "Image to Video"; what the vendor
 * makes of it is not documented. The maker does not combine a camera move with masks or a last
 * frame.
 */
public final class CameraMoves {
  private static final double MOST = 10;

  private CameraMoves() {}

  /** The camera travels along the x-axis: to the left below 0, to the right above. */
  public static CameraControl horizontal(double amount) {
    return simple(new CameraConfig().horizontal(checked("horizontal", amount)));
  }

  /** The camera travels along the y-axis: down below 0, up above. */
  public static CameraControl vertical(double amount) {
    return simple(new CameraConfig().vertical(checked("vertical", amount)));
  }

  /**
   * The camera turns on its place. The maker's pages disagree on the axis: in Chinese it turns to
   * the left below 0 and to the right above, as in film; in English down below 0 and up above.
   * Which holds here is unknown.
   */
  public static CameraControl pan(double amount) {
    return simple(new CameraConfig().pan(checked("pan", amount)));
  }

  /**
   * The camera turns on its place. The maker's pages disagree on the axis: in Chinese it turns down
   * below 0 and up above, as in film; in English to the left below 0 and to the right above. Which
   * holds here is unknown.
   */
  public static CameraControl tilt(double amount) {
    return simple(new CameraConfig().tilt(checked("tilt", amount)));
  }

  /** The camera rolls around the z-axis: counterclockwise below 0, clockwise above. */
  public static CameraControl roll(double amount) {
    return simple(new CameraConfig().roll(checked("roll", amount)));
  }

  /**
   * The focal length changes. Below 0 it grows and the view narrows, so that things come nearer;
   * above 0 the view widens.
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

  /** The camera turns to the right and moves forward. */
  public static CameraControl rightTurnForward() {
    return new CameraControl().type(CameraMove.RIGHT_TURN_FORWARD);
  }

  /** The camera turns to the left and moves forward. */
  public static CameraControl leftTurnForward() {
    return new CameraControl().type(CameraMove.LEFT_TURN_FORWARD);
  }

  /** The other values stay absent, as in the vendor's examples. */
  private static CameraControl simple(CameraConfig config) {
    return new CameraControl().type(CameraMove.SIMPLE).config(config);
  }

  private static double checked(String name, double amount) {
    boolean inRange = Math.abs(amount) <= MOST; // not so for NaN
    if (!inRange) throw new IllegalArgumentException(name + " not from -10 to 10: " + amount);
    if (amount == 0) throw new IllegalArgumentException(name + " is 0, the camera would not move");
    return amount;
  }
}
