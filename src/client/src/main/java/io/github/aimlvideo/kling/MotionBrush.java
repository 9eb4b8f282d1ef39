package io.github.aimlvideo.kling;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.ImageSize;
import io.github.aimlvideo.model.DynamicMask;
import io.github.aimlvideo.model.TrajectoryPoint;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Draws masks for an image, and moves what they cover along curves.
 * <!-- brush of src/examples/src/main/java/examples/MotionBrushExample.java -->
 *
 * <pre>{@code
 * MotionBrush brush = MotionBrush.on(image); // reads the width and height of the image
 * // coordinates are pixels from the top left, as in any image library
 * Shape quay = new Rectangle2D.Double(0, 340, 640, 60);
 * Shape boat = new Ellipse2D.Double(250, 180, 120, 80);
 * Path2D course = new Path2D.Double();
 * course.moveTo(310, 220);
 * course.curveTo(380, 230, 450, 210, 560, 215);
 * Shape gull = new Ellipse2D.Double(90, 60, 40, 30);
 *
 * return new KlingVideoV1StandardImageToVideoRequest()
 *     .imageUrl(image)
 *     .prompt("The boat leaves the harbour.")
 *     .staticMask(brush.mask(quay))
 *     .dynamicMasks(
 *         List.of(
 *             brush.moving(boat, course),
 *             brush.moving(gull, new QuadCurve2D.Double(110, 75, 300, 10, 500, 120))));
 * }</pre>
 *
 * <p>Shapes and curves are those of {@code java.awt.geom}, in pixels from the top left corner of
 * the image, y downwards, as in every image library. The brush converts them for the model: masks
 * of the image's size, trajectories from the bottom left, y upwards. Needs the module {@code
 * java.desktop}, but no display. Immutable and safe for use by several threads.
 *
 * <p>The rules are from Kling's page "Image to Video": all masks have one size and the image's
 * aspect ratio; a trajectory has 2 to 77 points in the order of the motion, with the origin in the
 * bottom left corner; masks need a duration of 5 s and exclude a last frame and a camera move. The
 * page does not name the colors of a mask: this client paints white on black, {@link #withColors}
 * changes that.
 */
public final class MotionBrush {
  /** The limit of the contract, and of Kling for 5 s, the only duration with masks. */
  private static final int MAX_POINTS = 77;

  /** A mask of this size takes 400 MB for a moment; images within Kling's 10 MB are far smaller. */
  private static final long MAX_PIXELS = 100_000_000;

  private final ImageSize size;
  private final Color painted;
  private final Color rest;

  private MotionBrush(ImageSize size, Color painted, Color rest) {
    this.size = size;
    this.painted = painted;
    this.rest = rest;
  }

  /**
   * A brush for an image in a file or in memory, whose size is in its header.
   *
   * @throws IllegalArgumentException if {@link Image#size} is empty, as it is for a URL
   */
  public static MotionBrush on(Image image) {
    Optional<ImageSize> size = image.size();
    if (size.isEmpty()) {
      throw new IllegalArgumentException("give width and height; the size is unknown of " + image);
    }
    return on(size.get().width(), size.get().height());
  }

  /**
   * A brush for an image of this size in pixels.
   *
   * @throws IllegalArgumentException if a side is less than 1, or a mask would be too large
   */
  public static MotionBrush on(int width, int height) {
    if ((long) width * height > MAX_PIXELS)
      throw new IllegalArgumentException("too large for a mask: " + width + " x " + height);
    return new MotionBrush(new ImageSize(width, height), Color.WHITE, Color.BLACK);
  }

  /** The same brush with other colors, which may be transparent. */
  public MotionBrush withColors(Color painted, Color rest) {
    Objects.requireNonNull(painted, "painted");
    Objects.requireNonNull(rest, "rest");
    return new MotionBrush(size, painted, rest);
  }

  /**
   * A mask: a PNG of the image's size, in which the pixels with their centre inside one of the
   * areas are painted, without soft edges. Use {@link java.awt.geom.Area} to subtract shapes.
   *
   * @throws IllegalArgumentException if there is no area, or one covers no pixel of the image
   */
  public Image mask(Shape... areas) {
    if (areas.length == 0) throw new IllegalArgumentException("a mask without an area");
    boolean opaque = painted.getAlpha() == 255 && rest.getAlpha() == 255;
    int type = opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
    BufferedImage mask = new BufferedImage(size.width(), size.height(), type);
    Rectangle all = new Rectangle(size.width(), size.height());
    fill(mask, all, rest);
    for (Shape area : areas) {
      if (!paint(mask, all, area)) throw new IllegalArgumentException(coversNothing(area));
    }
    return Image.bytes(png(mask));
  }

  /**
   * Paints the pixels of a part of the mask whose centres are inside the area, and returns whether
   * there are any. A part that is neither inside nor outside is divided, down to single pixels.
   * Graphics2D could paint too, but it connects to the display first if there is one.
   */
  private boolean paint(BufferedImage mask, Rectangle part, Shape area) {
    if (!area.intersects(part)) return false;
    boolean pixel = part.width == 1 && part.height == 1;
    if (pixel ? area.contains(part.x + 0.5, part.y + 0.5) : area.contains(part)) {
      fill(mask, part, painted);
      return true;
    }
    if (pixel) return false;
    boolean wide = part.width > part.height;
    int width = wide ? part.width / 2 : part.width;
    int height = wide ? part.height : part.height / 2;
    Rectangle half = new Rectangle(part.x, part.y, width, height);
    Rectangle other =
        wide
            ? new Rectangle(part.x + width, part.y, part.width - width, height)
            : new Rectangle(part.x, part.y + height, width, part.height - height);
    return paint(mask, half, area) | paint(mask, other, area); // both, always
  }

  private static void fill(BufferedImage mask, Rectangle part, Color color) {
    int[] row = new int[part.width];
    Arrays.fill(row, color.getRGB());
    mask.setRGB(part.x, part.y, part.width, part.height, row, 0, 0);
  }

  private String coversNothing(Shape area) {
    String type = area.getClass().getName().replaceFirst(".*\\.", "").replace('$', '.');
    Rectangle2D at = area.getBounds2D();
    return "an area covers no pixel of the image of %s pixels: %s from (%s, %s) to (%s, %s)"
        .formatted(size, type, at.getMinX(), at.getMinY(), at.getMaxX(), at.getMaxY());
  }

  /** In memory; without the stream, ImageIO would create a temporary file. */
  private static byte[] png(BufferedImage mask) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(mask, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * An area that moves along a path. Kling does not say whether the path must begin in the area.
   *
   * @throws IllegalArgumentException as {@link #mask} and {@link #trajectory(Shape)}
   */
  public DynamicMask moving(Shape area, Shape path) {
    return moving(area, trajectory(path));
  }

  /**
   * An area that moves along a trajectory.
   *
   * @throws IllegalArgumentException as {@link #mask}
   */
  public DynamicMask moving(Shape area, List<TrajectoryPoint> trajectory) {
    return new DynamicMask().mask(mask(area)).trajectories(new ArrayList<>(trajectory));
  }

  /**
   * Converts a path to a trajectory of as many points as the model accepts, at least a pixel apart.
   *
   * @param path one line or curve, such as a {@code Line2D}, {@code CubicCurve2D} or {@code
   *     Path2D}; a closed one ends where it begins
   * @throws IllegalArgumentException if it has no length, more than one line, or a point outside
   *     the image
   */
  public List<TrajectoryPoint> trajectory(Shape path) {
    FlattenedPath line = FlattenedPath.of(path);
    int pixels = (int) Math.min(MAX_POINTS, line.length() + 1);
    return trajectory(line.evenly(Math.max(2, pixels)));
  }

  /**
   * Converts a path to a trajectory of that many points, evenly along its length.
   *
   * @param points 2 to 77
   * @throws IllegalArgumentException as {@link #trajectory(Shape)}, or if there are too few points
   *     or too many
   */
  public List<TrajectoryPoint> trajectory(Shape path, int points) {
    checkCount(points);
    return trajectory(FlattenedPath.of(path).evenly(points));
  }

  /**
   * A trajectory along straight lines through these points, in this order.
   *
   * @param points 2 to 77 points in the image or on its edges
   * @throws IllegalArgumentException if there are too few or too many, or one is outside the image
   */
  public List<TrajectoryPoint> trajectory(List<? extends Point2D> points) {
    checkCount(points.size());
    return IntStream.range(0, points.size()).mapToObj(i -> point(i + 1, points.get(i))).toList();
  }

  private static void checkCount(int points) {
    if (points < 2 || points > MAX_POINTS)
      throw new IllegalArgumentException(
          "a trajectory has 2 to " + MAX_POINTS + " points, not " + points);
  }

  /** Counts from the bottom left corner, in whole numbers, as the contract does. */
  private TrajectoryPoint point(int number, Point2D point) {
    double x = point.getX();
    double y = point.getY();
    boolean inside = x >= 0 && x <= size.width() && y >= 0 && y <= size.height(); // false for NaN
    if (!inside) {
      throw new IllegalArgumentException(
          "point %d of the trajectory, (%s, %s), is outside the image of %s pixels"
              .formatted(number, x, y, size));
    }
    return new TrajectoryPoint().x((int) Math.round(x)).y((int) Math.round(size.height() - y));
  }
}
