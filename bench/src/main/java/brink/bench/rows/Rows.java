package brink.bench.rows;

import java.util.List;

/** The catalogue of the comparison. */
public final class Rows {
  private static final int CLASSES = 10;
  private static final int PIXELS = 3 * 32 * 32;

  private Rows() {}

  /** All rows, in the order of the table. */
  public static List<Row> all() {
    return List.of(mlp(), new EdgeRow(), new AccuracyRow(), new PublishingRow(), new MemoryRow());
  }

  private static Row mlp() {
    MlpBn network = new MlpBn(200, 200);
    return new DerivativesRow(
        "mlp",
        "MLP-BN 3072-200-200-10 tanh",
        new DerivativesRow.Examples(5_000, 500),
        new DerivativesRow.Targets(0.9, 0.75),
        setting ->
            network.contest(
                Sample.random(setting.examples(), PIXELS, CLASSES, 1),
                setting.arithmetic(),
                setting.threads()));
  }
}
