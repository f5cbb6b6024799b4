package brink.trainer.data;

import java.util.Random;

/**
 * A random smooth map of the plane: an elastic wobble, then shear, scale, rotation and shift about
 * the centre of the unit square. Points that coincide stay together. StrictMath, so that the images
 * are the same on every machine.
 */
final class Deformation {
  /** Standard deviation of each wave of the wobble. */
  private static final double WOBBLE = 0.022;

  /** Standard deviations of the angle, in radians, and of the shear. */
  private static final double ANGLE = 0.16;

  private static final double SHEAR = 0.18;

  /** The digits fill about this much of the image, ± the spread in each direction. */
  private static final double SCALE = 0.78;

  private static final double SCALE_SPREAD = 0.14;
  private static final double SHIFT_SPREAD = 0.08;

  private static final int WAVES = 3;

  private final double[] linear = new double[4];
  private final double[] shift = new double[2];
  private final double[] amplitudes = new double[2 * WAVES];
  private final double[] frequencies = new double[2 * WAVES];
  private final double[] phases = new double[WAVES];

  Deformation(Random random) {
    double angle = ANGLE * random.nextGaussian();
    double shear = SHEAR * random.nextGaussian();
    double across = SCALE + SCALE_SPREAD * symmetric(random);
    double down = SCALE + SCALE_SPREAD * symmetric(random);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    linear[0] = cos * across;
    linear[1] = cos * across * shear - sin * down;
    linear[2] = sin * across;
    linear[3] = sin * across * shear + cos * down;
    for (int axis = 0; axis < 2; axis++) {
      shift[axis] = 0.5 + SHIFT_SPREAD * symmetric(random);
    }
    for (int wave = 0; wave < WAVES; wave++) {
      phases[wave] = 2 * Math.PI * random.nextDouble();
      for (int axis = 0; axis < 2; axis++) {
        amplitudes[2 * wave + axis] = WOBBLE * random.nextGaussian();
        frequencies[2 * wave + axis] = 2 * Math.PI * symmetric(random);
      }
    }
  }

  private static double symmetric(Random random) {
    return 2 * random.nextDouble() - 1;
  }

  /**
   * Where points go.
   *
   * @param points x₀, y₀, x₁, y₁, …, not modified
   */
  double[] apply(double[] points) {
    double[] moved = new double[points.length];
    for (int i = 0; i < points.length; i += 2) {
      double x = points[i] - 0.5;
      double y = points[i + 1] - 0.5;
      for (int wave = 0; wave < WAVES; wave++) {
        double argument =
            frequencies[2 * wave] * points[i] + frequencies[2 * wave + 1] * points[i + 1];
        double height = StrictMath.sin(argument + phases[wave]);
        x += amplitudes[2 * wave] * height;
        y += amplitudes[2 * wave + 1] * height;
      }
      moved[i] = linear[0] * x + linear[1] * y + shift[0];
      moved[i + 1] = linear[2] * x + linear[3] * y + shift[1];
    }
    return moved;
  }
}
