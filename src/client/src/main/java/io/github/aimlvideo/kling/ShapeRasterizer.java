package io.github.aimlvideo.kling;

import io.github.aimlvideo.ImageSize;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * The pixels of a picture whose centre is inside a shape. Graphics2D would tell as well, but asks
 * the display first, which a server may not have or not reach.
 */
final class ShapeRasterizer {
  /** How far a straight piece may be from a curve, in pixels. */
  private static final double FLATNESS = 0.05;

  /** Where an outline crosses the centres of a row, and whether down (1) or up (-1). */
  private record Crossing(double x, int direction) {}

  private final ImageSize size;
  private final List<List<Crossing>> rows = new ArrayList<>();

  private ShapeRasterizer(ImageSize size) {
    this.size = size;
    for (int y = 0; y < size.height(); y++) rows.add(new ArrayList<>(2));
  }

  /** Row by row from the top, the bit of a pixel is at {@code y * width + x}. */
  static BitSet of(Shape shape, ImageSize size) {
    ShapeRasterizer interior = new ShapeRasterizer(size);
    PathIterator path = shape.getPathIterator(null, FLATNESS);
    interior.outline(path);
    return interior.pixels(path.getWindingRule() == PathIterator.WIND_NON_ZERO ? -1 : 1);
  }

  /** Every line of the path; what is open ends where it begins. */
  private void outline(PathIterator path) {
    double[] to = new double[2];
    double beginX = 0, beginY = 0, x = 0, y = 0;
    for (; !path.isDone(); path.next()) {
      int segment = path.currentSegment(to);
      boolean closes = segment != PathIterator.SEG_LINETO;
      double nextX = closes ? beginX : to[0];
      double nextY = closes ? beginY : to[1];
      edge(x, y, nextX, nextY);
      if (segment == PathIterator.SEG_MOVETO) {
        beginX = nextX = to[0];
        beginY = nextY = to[1];
      }
      x = nextX;
      y = nextY;
    }
    edge(x, y, beginX, beginY);
  }

  private void edge(double x, double y, double toX, double toY) {
    int direction = y < toY ? 1 : -1;
    int first = row(Math.min(y, toY));
    int end = row(Math.max(y, toY));
    for (int row = first; row < end; row++) {
      double at = x + (row + 0.5 - y) * (toX - x) / (toY - y);
      rows.get(row).add(new Crossing(at, direction));
    }
  }

  private int row(double y) {
    return first(y, size.height());
  }

  /** The first pixel whose centre is not before that, as far as there are pixels. */
  private static int first(double position, int pixels) {
    return (int) Math.max(0, Math.min(pixels, Math.ceil(position - 0.5)));
  }

  /** Inside is where the sum of the directions, as far as {@code mask} looks at it, is not 0. */
  private BitSet pixels(int mask) {
    BitSet pixels = new BitSet(size.width() * size.height());
    for (int y = 0; y < rows.size(); y++) {
      List<Crossing> row = rows.get(y);
      row.sort(Comparator.comparingDouble(Crossing::x));
      int sum = 0;
      for (int i = 0; i < row.size() - 1; i++) {
        sum += row.get(i).direction();
        if ((sum & mask) == 0) continue;
        int from = first(row.get(i).x(), size.width());
        int to = first(row.get(i + 1).x(), size.width());
        pixels.set(y * size.width() + from, y * size.width() + to);
      }
    }
    return pixels;
  }
}
