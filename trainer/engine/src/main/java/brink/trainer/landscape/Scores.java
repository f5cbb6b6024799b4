package brink.trainer.landscape;

import org.jspecify.annotations.Nullable;

/** Mean loss and share of rightly classified examples on whole data sets; null is not measured. */
public record Scores(
    @Nullable Double trainLoss,
    @Nullable Double trainAccuracy,
    @Nullable Double testLoss,
    @Nullable Double testAccuracy) {
  /** Nothing measured. */
  public static final Scores NONE = new Scores(null, null, null, null);
}
