package examples;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.kling.MotionBrush;
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.QuadCurve2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Uses the motion brush to say which parts of an image move and which stay still. */
public final class MotionBrushExample {
  private MotionBrushExample() {}

  /**
   * Animates a harbour of 640 by 400 pixels: the quay stays still, the boat leaves, a gull flies in
   * an arc.
   */
  public static KlingVideoV1StandardImageToVideoRequest harbour(Image image) {
    // begin brush
    MotionBrush brush = MotionBrush.on(image); // reads the width and height of the image
    // coordinates are pixels from the top left, as in any image library
    Shape quay = new Rectangle2D.Double(0, 340, 640, 60);
    Shape boat = new Ellipse2D.Double(250, 180, 120, 80);
    Path2D course = new Path2D.Double();
    course.moveTo(310, 220);
    course.curveTo(380, 230, 450, 210, 560, 215);
    Shape gull = new Ellipse2D.Double(90, 60, 40, 30);

    return new KlingVideoV1StandardImageToVideoRequest()
        .imageUrl(image)
        .prompt("The boat leaves the harbour.")
        .staticMask(brush.mask(quay))
        .dynamicMasks(
            List.of(
                brush.moving(boat, course),
                brush.moving(gull, new QuadCurve2D.Double(110, 75, 300, 10, 500, 120))));
    // end brush
  }
}
