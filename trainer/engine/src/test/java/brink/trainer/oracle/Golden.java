package brink.trainer.oracle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A float64 trajectory of bn-linear, computed with numpy independently of this project. */
public final class Golden {
  private Golden() {}

  public static double[][] inputs() {
    return read("X.csv", lines -> lines.map(Golden::numbers).toArray(double[][]::new));
  }

  public static double[] targets() {
    return read("y.csv", lines -> lines.mapToDouble(Double::parseDouble).toArray());
  }

  public static double[] initialWeights() {
    return read("w0.csv", lines -> lines.mapToDouble(Double::parseDouble).toArray());
  }

  /** Rows by step, in order. */
  public static Map<Long, Row> trajectory() {
    return read(
        "trajectory.csv",
        lines ->
            lines
                .skip(1)
                .map(Golden::numbers)
                .map(Golden::row)
                .collect(Collectors.toMap(Row::step, r -> r, (a, b) -> a, TreeMap::new)));
  }

  private static Row row(double[] cells) {
    return new Row(
        (long) cells[0],
        cells[1],
        cells[2],
        cells[3],
        cells[4],
        cells[5],
        cells[6],
        cells[7],
        cells[8],
        cells[9],
        cells[10]);
  }

  private static double[] numbers(String line) {
    return Arrays.stream(line.split(",", -1))
        .mapToDouble(cell -> cell.equals("nan") ? Double.NaN : Double.parseDouble(cell))
        .toArray();
  }

  private static <T> T read(String file, Function<Stream<String>, T> parse) {
    try (InputStream stream =
            Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/bn-linear/" + file));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return parse.apply(reader.lines());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** One step; G² is NaN where it was not computed. */
  public record Row(
      long step,
      double loss,
      double weightNormSquared,
      double gradientNormSquared,
      double sharpness,
      double secondEigenvalue,
      double stabilityRatio,
      double midpointSharpness,
      double midpointStabilityRatio,
      double angularStepSquared,
      double midpointLogSharpnessGradientSquared) {}
}
