package brink.monitor.run;

import brink.v1.SharpnessPoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The golden trajectory of {@code bn-linear}, η = 0.5, λ_wd = 4e-4, and its data; computed
 * independently with numpy.
 */
final class Golden {
  static final double LEARNING_RATE = 0.5;
  static final double WEIGHT_DECAY = 4e-4;
  static final int STEPS = 20_000;

  private Golden() {}

  static Descent descent(Set<SharpnessPoint> points, boolean direct) {
    double[][] x = lines("X.csv").stream().map(Golden::numbers).toArray(double[][]::new);
    return new Descent(new BnLinear(x, column("y.csv")), column("w0.csv"), points, direct, 1);
  }

  /**
   * Rows of the trajectory: step, loss, ‖w‖², ‖∇L‖², λ₁, λ₂, s, midpoint λ₁, midpoint s, α²,
   * midpoint G².
   */
  static List<double[]> trajectory() {
    return lines("trajectory.csv").stream().skip(1).map(Golden::numbers).toList();
  }

  private static double[] column(String name) {
    return lines(name).stream().mapToDouble(Double::parseDouble).toArray();
  }

  private static double[] numbers(String line) {
    return Arrays.stream(line.split(",", -1))
        .mapToDouble(cell -> cell.equals("nan") ? Double.NaN : Double.parseDouble(cell))
        .toArray();
  }

  private static List<String> lines(String name) {
    InputStream file =
        Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/bn-linear/" + name));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
