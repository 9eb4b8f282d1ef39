package io.github.aimlvideo.kling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import io.github.aimlvideo.Image;
import io.github.aimlvideo.ImageSize;
import io.github.aimlvideo.VideoClient;
import io.github.aimlvideo.fixture.Samples;
import io.github.aimlvideo.fixture.Server;
import io.github.aimlvideo.internal.validation.KlingRequestChecks;
import io.github.aimlvideo.internal.validation.RequestConverter;
import io.github.aimlvideo.model.DynamicMask;
import io.github.aimlvideo.model.TrajectoryPoint;
import java.awt.Color;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.QuadCurve2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shapes and curves become masks and trajectories in the form that Kling accepts. */
class MotionBrushTest {
  private static final int BLACK = 0xff000000;
  private static final int WHITE = 0xffffffff;

  private final MotionBrush brush = MotionBrush.on(640, 480);

  @Test
  void maskHasTheImagesSizeAndPaintsTheAreaFromTheTopLeft() {
    BufferedImage mask = pixels(brush.mask(new Rectangle(10, 20, 30, 40)));

    assertThat(mask.getWidth()).isEqualTo(640);
    assertThat(mask.getHeight()).isEqualTo(480);
    assertThat(mask.getRGB(10, 20)).isEqualTo(WHITE);
    assertThat(mask.getRGB(39, 59)).isEqualTo(WHITE);
    assertThat(painted(mask, WHITE)).isEqualTo(30 * 40);
    assertThat(painted(mask, BLACK)).isEqualTo(640 * 480 - 30 * 40);
  }

  @Test
  void roundAreaHasNoSoftEdge() {
    BufferedImage mask = pixels(brush.mask(new Ellipse2D.Double(100.5, 100.3, 201, 133)));

    assertThat(painted(mask, WHITE) + painted(mask, BLACK)).isEqualTo(640 * 480);
    assertThat((double) painted(mask, WHITE)).isCloseTo(Math.PI * 201 * 133 / 4, within(200.0));
  }

  static Stream<Shape> shapes() {
    Path2D star = new Path2D.Double(Path2D.WIND_NON_ZERO);
    star.moveTo(320.3, 20.1);
    star.lineTo(500.7, 460.2);
    star.lineTo(50.4, 170.9);
    star.lineTo(590.6, 170.8);
    star.lineTo(140.2, 460.3); // left open
    Path2D hollow = new Path2D.Double(Path2D.WIND_EVEN_ODD, 0);
    hollow.append(star, false);
    Path2D two = new Path2D.Double(star);
    two.append(new Ellipse2D.Double(-100, 300, 250.5, 400), false);
    Area ring = new Area(new Ellipse2D.Double(-50, 100, 800, 300));
    ring.subtract(new Area(new Ellipse2D.Double(100, 150, 300, 200)));
    return Stream.of(
        star,
        hollow,
        two,
        ring,
        new CubicCurve2D.Double(-10, 480, 100, -900, 300, 900, 650, 0),
        new Arc2D.Double(33.3, 44.4, 300, 420, 30, 250, Arc2D.PIE),
        new RoundRectangle2D.Double(500.5, -20, 300, 200, 80, 60),
        new Ellipse2D.Double(7, 7, 0.9, 0.9));
  }

  /** As the JDK decides for the centre of each pixel, except on the edge of a curve. */
  @ParameterizedTest
  @MethodSource("shapes")
  void pixelIsPaintedWhenItsCentreIsInside(Shape area) {
    BufferedImage mask = pixels(brush.mask(area));

    long wrong =
        IntStream.range(0, 640 * 480)
            .filter(
                i ->
                    area.contains(i % 640 + 0.5, i / 640 + 0.5)
                        != (mask.getRGB(i % 640, i / 640) == WHITE))
            .count();
    assertThat(wrong).isLessThanOrEqualTo(area instanceof Path2D ? 5 : 40);
  }

  @Test
  void areasAddUpAndCanBeSubtracted() {
    Area frame = new Area(new Rectangle(0, 0, 640, 480));
    frame.subtract(new Area(new Rectangle(10, 10, 620, 460)));

    BufferedImage mask = pixels(brush.mask(frame, new Rectangle(5, 5, 100, 100)));

    assertThat(painted(mask, WHITE)).isEqualTo(640 * 480 - 620 * 460 + 95 * 95);
    assertThat(mask.getRGB(200, 200)).isEqualTo(BLACK);
  }

  @Test
  void areaOutsideTheImageIsCutOff() {
    BufferedImage mask = pixels(brush.mask(new Rectangle(600, 400, 1000, 1000)));

    assertThat(painted(mask, WHITE)).isEqualTo(40 * 80);
  }

  static Stream<Shape> nothing() {
    return Stream.of(
        new Rectangle(640, 0, 10, 10),
        new Ellipse2D.Double(-20, -20, 19, 19),
        new Rectangle(10, 10, 0, 5),
        new Line2D.Double(1, 1, 9, 9),
        new Polygon(new int[] {600, 700, 700}, new int[] {540, 440, 540}, 3), // its bounds do
        new Area(),
        new Ellipse2D.Double(Double.NaN, 1, 5, 5));
  }

  @ParameterizedTest
  @MethodSource("nothing")
  void areaThatCoversNothingIsNamed(Shape area) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> brush.mask(new Rectangle(9, 9), area))
        .withMessageStartingWith("an area covers no pixel of the image of 640 x 480 pixels: ");
  }

  @Test
  void messageSaysWhichAreaAndWhere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> brush.mask(new Ellipse2D.Double(700, 10, 50, 20)))
        .withMessageEndingWith(": Ellipse2D.Double from (700.0, 10.0) to (750.0, 30.0)");
    assertThatIllegalArgumentException()
        .isThrownBy(brush::mask)
        .withMessage("a mask without an area");
  }

  @Test
  void colorsCanBeChosenAndTransparent() {
    Color clear = new Color(0, true);
    Shape area = new Rectangle(4, 4);

    BufferedImage red = pixels(brush.withColors(Color.RED, Color.GRAY).mask(area));
    BufferedImage onClear = pixels(brush.withColors(Color.GREEN, clear).mask(area));
    BufferedImage hole = pixels(brush.withColors(clear, Color.WHITE).mask(area));

    assertThat(painted(red, Color.RED.getRGB())).isEqualTo(16);
    assertThat(red.getRGB(4, 4)).isEqualTo(Color.GRAY.getRGB());
    assertThat(onClear.getRGB(0, 0)).isEqualTo(Color.GREEN.getRGB());
    assertThat(onClear.getRGB(4, 4) >>> 24).isZero();
    assertThat(hole.getRGB(0, 0) >>> 24).isZero();
    assertThat(hole.getRGB(4, 4)).isEqualTo(WHITE);
  }

  @Test
  void pointsAreCountedFromTheBottomLeft() {
    List<Point2D> points =
        List.of(
            new Point2D.Double(0, 480),
            new Point2D.Double(279, 261),
            new Point2D.Double(640, 0),
            new Point2D.Double(10.4, 20.6));

    assertThat(brush.trajectory(points))
        .containsExactly(at(0, 0), at(279, 219), at(640, 480), at(10, 459));
  }

  @Test
  void lineIsSampledEvenly() {
    assertThat(brush.trajectory(new Line2D.Double(100, 80, 500, 480), 5))
        .containsExactly(at(100, 400), at(200, 300), at(300, 200), at(400, 100), at(500, 0));
  }

  /** A half circle around (320, 240): each point on it, all at the same distance. */
  @Test
  void curveIsSampledEvenlyAlongItsLength() {
    List<TrajectoryPoint> points =
        brush.trajectory(new Arc2D.Double(120, 40, 400, 400, 180, -180, Arc2D.OPEN));

    assertThat(points).hasSize(77).startsWith(at(120, 240)).endsWith(at(520, 240));
    assertThat(points)
        .allSatisfy(p -> assertThat(distance(p, at(320, 240))).isBetween(199.0, 201.0));
    double step = Math.PI * 200 / 76;
    for (int i = 1; i < 77; i++) {
      assertThat(distance(points.get(i - 1), points.get(i))).isCloseTo(step, within(1.5));
    }
    assertThat(points.get(38)).as("the top").isEqualTo(at(320, 440));
  }

  static Stream<Shape> curves() {
    Path2D path = new Path2D.Double();
    path.moveTo(1, 1);
    path.moveTo(50, 60);
    path.lineTo(50, 60);
    path.quadTo(100, 200, 150, 60);
    path.curveTo(200, 0, 250, 300, 300, 300);
    return Stream.of(
        path,
        new Line2D.Float(50, 60, 300, 300),
        new QuadCurve2D.Double(50, 60, 500, 100, 300, 300),
        new CubicCurve2D.Double(50, 60, 0, 400, 400, 0, 300, 300));
  }

  @ParameterizedTest
  @MethodSource("curves")
  void curveBeginsAndEndsWhereItShould(Shape curve) {
    assertThat(brush.trajectory(curve, 2)).containsExactly(at(50, 420), at(300, 180));
    assertThat(brush.trajectory(curve)).hasSize(77).startsWith(at(50, 420)).endsWith(at(300, 180));
  }

  @Test
  void closedCurveEndsWhereItBegins() {
    assertThat(brush.trajectory(new Ellipse2D.Double(100, 100, 200, 200), 5))
        .containsExactly(at(300, 280), at(200, 180), at(100, 280), at(200, 380), at(300, 280));
  }

  @Test
  void shortLineGetsNoTwoPointsInAPixel() {
    assertThat(brush.trajectory(new Line2D.Double(10, 10, 14, 10)))
        .containsExactly(at(10, 470), at(11, 470), at(12, 470), at(13, 470), at(14, 470));
    assertThat(brush.trajectory(new Line2D.Double(10, 10, 10.3, 10))).hasSize(2);
  }

  @Test
  void wrongPathsAreNamed() {
    Path2D two = new Path2D.Double();
    two.append(new Line2D.Double(1, 1, 5, 5), false);
    two.append(new Line2D.Double(10, 10, 50, 50), false);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> brush.trajectory(two))
        .withMessage("the path has more than one line");
    for (Shape point : new Shape[] {new Line2D.Double(5, 5, 5, 5), new Path2D.Double()}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> brush.trajectory(point))
          .withMessage("the path has no length");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> brush.trajectory(new Line2D.Double(600, 10, 700, 10), 3))
        .withMessage(
            "point 2 of the trajectory, (650.0, 10.0), is outside the image of 640 x 480 pixels");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> brush.trajectory(List.of(new Point2D.Double(), new Point2D.Double(0, -1))))
        .withMessageStartingWith("point 2 of the trajectory, (0.0, -1.0), is outside");
  }

  @Test
  void numberOfPointsIsThatOfTheContract() {
    Line2D line = new Line2D.Double(0, 0, 600, 0);
    for (int wrong : new int[] {-1, 0, 1, 78}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> brush.trajectory(line, wrong))
          .withMessage("a trajectory has 2 to 77 points, not " + wrong);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> brush.trajectory(Collections.nCopies(78, new Point2D.Double(1, 1))));
    for (int points : new int[] {2, 77}) {
      RequestConverter.check(
          Samples.minimal()
              .addDynamicMasksItem(
                  brush.moving(new Rectangle(9, 9), brush.trajectory(line, points))));
    }
  }

  @Test
  void requestIsWithinKlingsLimits() {
    Image image = Image.file(Path.of("../../mock/sample.jpg"));
    MotionBrush onImage = MotionBrush.on(image);
    ImageSize size = image.size().orElseThrow();
    DynamicMask moving =
        onImage.moving(
            new Ellipse2D.Double(50, 50, 100, 100),
            new Line2D.Double(100, 100, 200, size.height() - 10));

    var request =
        Samples.minimal()
            .imageUrl(image)
            .staticMask(onImage.mask(new Rectangle(0, 0, size.width(), 40)))
            .addDynamicMasksItem(moving);

    assertThat(KlingRequestChecks.warnings(request)).isEmpty();
    assertThat(moving.getMask().size()).contains(size);
    assertThat(request.getStaticMask().size()).contains(size);
  }

  @Test
  void maskAndTrajectoryAreSent() {
    try (Server server = new Server();
        VideoClient client = server.client().build()) {
      server.status("queued");

      client.create(
          Samples.minimal()
              .addDynamicMasksItem(
                  brush.moving(
                      new Rectangle(9, 9), brush.trajectory(new Line2D.Double(1, 2, 3, 4), 2))));

      var mask = server.requestJson().getAsJsonArray("dynamic_masks").get(0).getAsJsonObject();
      assertThat(mask.get("mask").getAsString()).startsWith("data:image/png;base64,iVBORw0KGgo");
      assertThat(mask.get("trajectories"))
          .isEqualTo(JsonParser.parseString("[{\"x\":1,\"y\":478},{\"x\":3,\"y\":476}]"));
    }
  }

  @Test
  void sizeOfAUrlMustBeGiven() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MotionBrush.on(Image.url("https://a/b.png")))
        .withMessage("give width and height; the size is unknown of https://a/b.png");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MotionBrush.on(0, 10))
        .withMessage("width < 1: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MotionBrush.on(10_001, 10_000))
        .withMessage("too large for a mask: 10001 x 10000");
  }

  private static TrajectoryPoint at(int x, int y) {
    return new TrajectoryPoint().x(x).y(y);
  }

  private static double distance(TrajectoryPoint a, TrajectoryPoint b) {
    return Math.hypot(a.getX() - b.getX(), a.getY() - b.getY());
  }

  private static long painted(BufferedImage mask, int color) {
    return IntStream.range(0, mask.getWidth() * mask.getHeight())
        .filter(i -> mask.getRGB(i % mask.getWidth(), i / mask.getWidth()) == color)
        .count();
  }

  private static BufferedImage pixels(Image mask) {
    Buffer base64 = new Buffer();
    try {
      mask.bareBase64().encodeTo(base64.outputStream());
      byte[] bytes = Base64.getDecoder().decode(base64.readByteArray());
      return ImageIO.read(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
