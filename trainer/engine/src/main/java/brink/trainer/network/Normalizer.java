package brink.trainer.network;

/** What makes a trained layer's loss invariant to the scale of its weights; or nothing. */
public sealed interface Normalizer {
  /** Whether L(c·w) = L(w) holds exactly for the weights w of the layer and all c > 0. */
  boolean scaleInvariant();

  /** In words. */
  String describe();

  /**
   * A normalization by its name on command lines and in files: batch, layer, group, weight or none.
   *
   * @param groups of group normalization
   * @param epsilon ε of batch, layer and group normalization
   * @throws IllegalArgumentException if there is none of this name, or a number is out of range
   */
  static Normalizer named(String name, int groups, double epsilon) {
    return switch (name) {
      case "batch" -> new BatchNormalization(epsilon);
      case "layer" -> new LayerNormalization(epsilon);
      case "group" -> new GroupNormalization(groups, epsilon);
      case "weight" -> new WeightNormalization();
      case "none" -> new NoNormalization();
      default ->
          throw new IllegalArgumentException(
              "normalization must be batch, layer, group, weight or none, not " + name);
    };
  }

  /**
   * Each unit over the whole batch; for images over all positions, too.
   *
   * @param epsilon ε; 0 keeps the scale invariance exact
   */
  record BatchNormalization(double epsilon) implements Normalizer {
    /** Refuses a negative ε. */
    public BatchNormalization {
      requireEpsilon(epsilon);
    }

    @Override
    public boolean scaleInvariant() {
      return epsilon == 0;
    }

    @Override
    public String describe() {
      return "batch normalization" + withEpsilon(epsilon);
    }
  }

  /**
   * Each example over all of a layer's units.
   *
   * @param epsilon ε; 0 keeps the scale invariance exact
   */
  record LayerNormalization(double epsilon) implements Normalizer {
    /** Refuses a negative ε. */
    public LayerNormalization {
      requireEpsilon(epsilon);
    }

    @Override
    public boolean scaleInvariant() {
      return epsilon == 0;
    }

    @Override
    public String describe() {
      return "layer normalization" + withEpsilon(epsilon);
    }
  }

  /**
   * Each example over groups of adjacent units.
   *
   * @param groups divides the number of units
   * @param epsilon ε; 0 keeps the scale invariance exact
   */
  record GroupNormalization(int groups, double epsilon) implements Normalizer {
    /** Refuses a negative ε and less than one group. */
    public GroupNormalization {
      requireEpsilon(epsilon);
      if (groups < 1) {
        throw new IllegalArgumentException("need 1 group or more, not " + groups);
      }
    }

    @Override
    public boolean scaleInvariant() {
      return epsilon == 0;
    }

    @Override
    public String describe() {
      return "normalization in " + groups + " groups" + withEpsilon(epsilon);
    }
  }

  /** The weights of each unit, to length 1. */
  record WeightNormalization() implements Normalizer {
    @Override
    public boolean scaleInvariant() {
      return true;
    }

    @Override
    public String describe() {
      return "weight normalization";
    }
  }

  /** Nothing: an ablation. */
  record NoNormalization() implements Normalizer {
    @Override
    public boolean scaleInvariant() {
      return false;
    }

    @Override
    public String describe() {
      return "no normalization";
    }
  }

  private static void requireEpsilon(double epsilon) {
    if (!(epsilon >= 0)) {
      throw new IllegalArgumentException("epsilon must be 0 or more, not " + epsilon);
    }
  }

  private static String withEpsilon(double epsilon) {
    return epsilon == 0 ? "" : " with epsilon " + epsilon;
  }
}
