package brink.trainer.data;

import java.util.Arrays;

/** A square of pixels that a round pen draws on; a pixel is inked by its distance to the stroke. */
final class Canvas {
  /** Straight pieces between two points of a stroke: bends are below a tenth of a pen's width. */
  private static final int PIECES = 6;

  private final int size;
  private final double radius;
  private final double[] squaredDistances;

  /**
   * An empty canvas.
   *
   * @param size pixels in a row
   * @param penWidth in units of the canvas
   */
  Canvas(int size, double penWidth) {
    this.size = size;
    radius = size * penWidth / 2;
    squaredDistances = new double[size * size];
    Arrays.fill(squaredDistances, Double.POSITIVE_INFINITY);
  }

  /**
   * Draws a smooth curve through points (a Catmull–Rom spline).
   *
   * @param points x₀, y₀, x₁, y₁, … in units of the canvas, two or more points; not modified
   */
  void stroke(double[] points) {
    int count = points.length / 2;
    for (int i = 0; i < count - 1; i++) {
      double[] from = {points[2 * i] * size, points[2 * i + 1] * size};
      for (int piece = 1; piece <= PIECES; piece++) {
        double[] to = {
          size * spline(points, 0, i, (double) piece / PIECES),
          size * spline(points, 1, i, (double) piece / PIECES)
        };
        segment(from, to);
        from = to;
      }
    }
  }

  /** One coordinate between point i and the next, at t in [0, 1]. */
  private static double spline(double[] points, int axis, int i, double t) {
    int last = points.length / 2 - 1;
    double before = points[2 * Math.max(i - 1, 0) + axis];
    double start = points[2 * i + axis];
    double end = points[2 * (i + 1) + axis];
    double after = points[2 * Math.min(i + 2, last) + axis];
    double linear = end - before;
    double square = 2 * before - 5 * start + 4 * end - after;
    double cube = -before + 3 * start - 3 * end + after;
    return start + 0.5 * t * (linear + t * (square + t * cube));
  }

  /** Lowers the distances of the pixels that a straight piece may ink; pixels are the unit. */
  private void segment(double[] from, double[] to) {
    double reach = radius + 1;
    int top = clamp(Math.min(from[1], to[1]) - reach);
    int bottom = clamp(Math.max(from[1], to[1]) + reach);
    int left = clamp(Math.min(from[0], to[0]) - reach);
    int right = clamp(Math.max(from[0], to[0]) + reach);
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        int pixel = row * size + column;
        double distance = squaredDistance(column + 0.5, row + 0.5, from, to);
        squaredDistances[pixel] = Math.min(squaredDistances[pixel], distance);
      }
    }
  }

  private int clamp(double coordinate) {
    return (int) Math.clamp(coordinate, 0, size - 1);
  }

  private static double squaredDistance(double x, double y, double[] from, double[] to) {
    double alongX = to[0] - from[0];
    double alongY = to[1] - from[1];
    double length = alongX * alongX + alongY * alongY;
    double product = (x - from[0]) * alongX + (y - from[1]) * alongY;
    double t = length == 0 ? 0 : Math.clamp(product / length, 0, 1);
    double dx = x - from[0] - t * alongX;
    double dy = y - from[1] - t * alongY;
    return dx * dx + dy * dy;
  }

  /** How much of a pixel is inked, in [0, 1]; falls from 1 to 0 over one pixel at the rim. */
  double ink(int pixel) {
    return Math.clamp(0.5 + radius - Math.sqrt(squaredDistances[pixel]), 0, 1);
  }
}
