package brink.trainer.request;

import java.util.Locale;

/** Normalizations of the trained layers. */
public enum NormalizationName {
  /** Each unit over the whole batch. */
  BATCH,
  /** Each example over all units of a layer. */
  LAYER,
  /** Each example over groups of units. */
  GROUP,
  /** The weights of each unit. */
  WEIGHT,
  /** Nothing: an ablation, whose loss is not scale-invariant. */
  NONE;

  /** As in a network's file. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
