package io.github.aimlvideo.kling;

import io.github.aimlvideo.Image;
import io.github.aimlvideo.ImageSize;
import io.github.aimlvideo.model.DynamicMask;
import io.github.aimlvideo.model.TrajectoryPoint;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Paints masks on a picture, and leads what they cover along curves.
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
 * <p>Shapes and curves are those of {@code java.awt.geom}, in pixels of the picture from its top
 * left, y downwards, as every image library counts them. What goes out is the model's: masks of the
 * picture's size, trajectories from the bottom left, y upwards. Needs the module {@code
 * java.desktop}, no display. Immutable and safe for several threads.
 *
 * <p>The rules are those of the model's maker (the page "Image to Video" of the Kling API): masks
 * of the picture's aspect ratio and of one size, 2 to 77 points in the order of the motion, the
 * origin in the bottom left corner, masks with a duration of 5 s and neither with a last frame nor
 * with a camera move. In which colors a mask is to be painted, the maker does not say; white on
 * black is this client's choice, {@link #withColors} makes another.
 */
public final class MotionBrush {
  /** The contract's and the maker's, the latter for 5 s, the only duration with masks. */
  private static final int MOST_POINTS = 77;

  /** What takes 400 MB for a moment; pictures of the maker's 10 MB have far less. */
  private static final long MOST_PIXELS = 100_000_000;

  private final ImageSize size;
  private final Color painted;
  private final Color rest;

  private MotionBrush(ImageSize size, Color painted, Color rest) {
    this.size = size;
    this.painted = painted;
    this.rest = rest;
  }

  /**
   * A brush for a picture whose size is in its head.
   *
   * @throws IllegalArgumentException if {@link Image#size} is empty, as it is for a link
   */
  public static MotionBrush on(Image picture) {
    ImageSize size =
        picture
            .size()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "give width and height, they are not known of " + picture));
    return on(size.width(), size.height());
  }

  /**
   * A brush for a picture of that many pixels.
   *
   * @throws IllegalArgumentException if a side is less than 1, or there are too many for a mask
   */
  public static MotionBrush on(int width, int height) {
    if ((long) width * height > MOST_PIXELS)
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
   * A mask: a PNG of the picture's size whose painted pixels are those with their centre inside one
   * of the areas, without soft edges. What is to be left out can be subtracted with {@link
   * java.awt.geom.Area}.
   *
   * @throws IllegalArgumentException if there is no area, or one covers no pixel of the picture
   */
  public Image mask(Shape... areas) {
    if (areas.length == 0) throw new IllegalArgumentException("a mask without an area");
    BitSet inside = new BitSet();
    for (Shape area : areas) inside.or(interior(area));
    return png(inside);
  }

  /**
   * An area that moves along a path. Whether that must begin in the area, the maker does not say.
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
   * A path as a trajectory of as many points as the model takes, but none closer than a pixel.
   *
   * @param path one line or curve, such as a {@code Line2D}, {@code CubicCurve2D} or {@code
   *     Path2D}; a closed one ends where it begins
   * @throws IllegalArgumentException if it has no length, more than one line, or a point outside
   *     the picture
   */
  public List<TrajectoryPoint> trajectory(Shape path) {
    FlattenedPath line = FlattenedPath.of(path);
    int pixels = (int) Math.min(MOST_POINTS, line.length() + 1);
    return trajectory(line.evenly(Math.max(2, pixels)));
  }

  /**
   * A path as a trajectory of so many points, evenly along its length.
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
   * A trajectory through these points, in this order, straight from one to the next.
   *
   * @param points 2 to 77, the edges of the picture included
   * @throws IllegalArgumentException if there are too few or too many, or one is outside the
   *     picture
   */
  public List<TrajectoryPoint> trajectory(List<? extends Point2D> points) {
    checkCount(points.size());
    return IntStream.range(0, points.size()).mapToObj(i -> point(i + 1, points.get(i))).toList();
  }

  private static void checkCount(int points) {
    if (points < 2 || points > MOST_POINTS)
      throw new IllegalArgumentException(
          "a trajectory has 2 to " + MOST_POINTS + " points, not " + points);
  }

  /** From the top left to the bottom left corner, and to whole numbers, as the contract has it. */
  private TrajectoryPoint point(int number, Point2D point) {
    double x = point.getX();
    double y = point.getY();
    boolean inside = x >= 0 && x <= size.width() && y >= 0 && y <= size.height(); // not so for NaN
    if (!inside)
      throw new IllegalArgumentException(
          "point "
              + number
              + " of the trajectory, ("
              + x
              + ", "
              + y
              + "), is outside the picture of "
              + size
              + " pixels");
    return new TrajectoryPoint().x((int) Math.round(x)).y((int) Math.round(size.height() - y));
  }

  private BitSet interior(Shape area) {
    BitSet interior = ShapeRasterizer.of(area, size);
    if (interior.isEmpty())
      throw new IllegalArgumentException(
          "an area covers no pixel of the picture of " + size + " pixels: " + name(area));
    return interior;
  }

  /** What it is and where; most shapes do not say so by themselves. */
  private static String name(Shape area) {
    String type = area.getClass().getName().replaceFirst(".*\\.", "").replace('$', '.');
    Rectangle2D bounds = area.getBounds2D();
    return type
        + " from ("
        + bounds.getMinX()
        + ", "
        + bounds.getMinY()
        + ") to ("
        + bounds.getMaxX()
        + ", "
        + bounds.getMaxY()
        + ")";
  }

  private Image png(BitSet inside) {
    boolean opaque = painted.getAlpha() == 255 && rest.getAlpha() == 255;
    int type = opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
    BufferedImage mask = new BufferedImage(size.width(), size.height(), type);
    int[] pixels = ((DataBufferInt) mask.getRaster().getDataBuffer()).getData();
    Arrays.fill(pixels, rest.getRGB());
    inside.stream().forEach(pixel -> pixels[pixel] = painted.getRGB());
    return Image.bytes(encode(mask));
  }

  /** In memory; ImageIO alone would take a temporary file. */
  private static byte[] encode(BufferedImage mask) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(mask, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
