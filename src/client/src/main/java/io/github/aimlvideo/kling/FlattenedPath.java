package io.github.aimlvideo.kling;

import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A curve as straight pieces, fine enough for pixels, that knows where it is after which length.
 */
final class FlattenedPath {
  /** How far a piece may be from the curve, in pixels. */
  private static final double FLATNESS = 0.1;

  private final List<Point2D> corners = new ArrayList<>();

  /** The length up to each corner. */
  private final List<Double> lengths = new ArrayList<>();

  /**
   * Takes a curve to pieces.
   *
   * @throws IllegalArgumentException if it is not one line, or has no length
   */
  static FlattenedPath of(Shape curve) {
    FlattenedPath line = new FlattenedPath();
    double[] to = new double[2];
    for (PathIterator i = curve.getPathIterator(null, FLATNESS); !i.isDone(); i.next()) {
      switch (i.currentSegment(to)) {
        case PathIterator.SEG_MOVETO -> line.begin(new Point2D.Double(to[0], to[1]));
        case PathIterator.SEG_LINETO -> line.add(new Point2D.Double(to[0], to[1]));
        default -> line.add(line.corners.get(0)); // closed
      }
    }
    boolean hasLength = !line.corners.isEmpty() && line.length() > 0; // not so for NaN
    if (!hasLength) throw new IllegalArgumentException("the path has no length");
    return line;
  }

  /** Of several moves in a row the last counts. */
  private void begin(Point2D corner) {
    if (corners.size() > 1) throw new IllegalArgumentException("the path has more than one line");
    corners.clear();
    lengths.clear();
    corners.add(corner);
    lengths.add(0.0);
  }

  private void add(Point2D corner) {
    lengths.add(length() + corners.get(corners.size() - 1).distance(corner));
    corners.add(corner);
  }

  double length() {
    return lengths.get(lengths.size() - 1);
  }

  /** So many points, 2 at least, at equal lengths from the beginning to the end. */
  List<Point2D> evenly(int points) {
    return IntStream.range(0, points).mapToObj(i -> at(length() * i / (points - 1))).toList();
  }

  private Point2D at(double length) {
    int next = 1;
    while (next < corners.size() - 1 && lengths.get(next) < length) next++;
    Point2D from = corners.get(next - 1);
    Point2D to = corners.get(next);
    double piece = lengths.get(next) - lengths.get(next - 1);
    double part = piece == 0 ? 0 : (length - lengths.get(next - 1)) / piece;
    return new Point2D.Double(
        from.getX() + part * (to.getX() - from.getX()),
        from.getY() + part * (to.getY() - from.getY()));
  }
}
