package brink.bench.detection;

/** Least squares of a straight line, point by point. */
final class LineFit {
  private double n;
  private double x;
  private double y;
  private double xx;
  private double xy;

  void add(double at, double value) {
    n++;
    x += at;
    y += value;
    xx += at * at;
    xy += at * value;
  }

  /** NaN with fewer than two places. */
  double slope() {
    return (n * xy - x * y) / (n * xx - x * x);
  }

  double at(double place) {
    double slope = slope();
    return (y - slope * x) / n + slope * place;
  }
}
