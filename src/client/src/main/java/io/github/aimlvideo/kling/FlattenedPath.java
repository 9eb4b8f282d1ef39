package io.github.aimlvideo.kling;

import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A curve as straight lines, fine enough for pixels.
 *
 * @param corners the ends of the lines, by the length of the path up to each
 */
record FlattenedPath(NavigableMap<Double, Point2D> corners) {
  /** The maximum distance of a line from the curve, in pixels. */
  private static final double FLATNESS = 0.1;

  /**
   * Flattens a curve.
   *
   * @throws IllegalArgumentException if it has more than one line, or no length
   */
  static FlattenedPath of(Shape curve) {
    NavigableMap<Double, Point2D> corners = new TreeMap<>();
    double[] end = new double[2];
    for (PathIterator i = curve.getPathIterator(null, FLATNESS); !i.isDone(); i.next()) {
      int segment = i.currentSegment(end);
      Point2D corner = new Point2D.Double(end[0], end[1]);
      if (segment == PathIterator.SEG_MOVETO) {
        if (corners.size() > 1)
          throw new IllegalArgumentException("the path has more than one line");
        corners.clear(); // of several moves in a row, the last one counts
        corners.put(0.0, corner);
      } else {
        if (segment == PathIterator.SEG_CLOSE) corner = corners.get(0.0);
        Map.Entry<Double, Point2D> last = corners.lastEntry();
        corners.put(last.getKey() + last.getValue().distance(corner), corner);
      }
    }
    FlattenedPath path = new FlattenedPath(corners);
    boolean hasLength = !corners.isEmpty() && path.length() > 0; // false for NaN
    if (!hasLength) throw new IllegalArgumentException("the path has no length");
    return path;
  }

  double length() {
    return corners.lastKey();
  }

  /** Points at equal lengths from the beginning to the end, at least 2. */
  List<Point2D> evenly(int points) {
    return IntStream.range(0, points).mapToObj(i -> at(length() * i / (points - 1))).toList();
  }

  private Point2D at(double length) {
    Map.Entry<Double, Point2D> from = corners.floorEntry(length);
    Map.Entry<Double, Point2D> to = corners.higherEntry(length);
    if (to == null) return from.getValue(); // the end
    double part = (length - from.getKey()) / (to.getKey() - from.getKey());
    Point2D a = from.getValue();
    Point2D b = to.getValue();
    return new Point2D.Double(
        a.getX() + part * (b.getX() - a.getX()), a.getY() + part * (b.getY() - a.getY()));
  }
}
