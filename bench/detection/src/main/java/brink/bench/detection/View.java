package brink.bench.detection;

import brink.v1.Sharpness;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a producer may publish of a run, and what a network makes of it. */
enum View {
  FULL("sharpness at every step"),
  ITERATES("sharpness at iterates only"),
  TENTH_PAIR("sharpness at every tenth pair"),
  NO_SHARPNESS("no sharpness"),
  NORMS_AND_COSINE("norms and cosine only"),
  NOISE_5("sharpness off by 5 %"),
  NOISE_20("sharpness off by 20 %"),
  GAPS("a twentieth of the steps missing"),
  SHUFFLED("steps out of order, and twice");

  /** How far a step may be late, in steps. */
  private static final int LATE = 4;

  private final String words;

  View(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** The stream of such a producer. */
  List<StepObserved> of(List<StepObserved> steps, long seed) {
    Random random = new Random(seed);
    if (this == SHUFFLED) {
      return shuffled(steps, random);
    }
    List<StepObserved> seen = new ArrayList<>(steps.size());
    for (StepObserved step : steps) {
      StepObserved changed = seen(step, random);
      if (changed != null) {
        seen.add(changed);
      }
    }
    return seen;
  }

  /** What becomes of one step; null is that it is lost. */
  private @Nullable StepObserved seen(StepObserved step, RandomGenerator random) {
    return switch (this) {
      case FULL, SHUFFLED -> step;
      case ITERATES -> only(step, SharpnessPoint.SHARPNESS_POINT_ITERATE);
      case TENTH_PAIR -> step.getStep() % 10 < 2 ? step : without(step);
      case NO_SHARPNESS -> without(step);
      case NORMS_AND_COSINE -> without(step).toBuilder().clearDirectionalCurvature().build();
      case NOISE_5 -> noisy(step, 0.05, random);
      case NOISE_20 -> noisy(step, 0.2, random);
      case GAPS -> random.nextInt(20) == 0 ? null : step;
    };
  }

  private static StepObserved without(StepObserved step) {
    return step.getSharpnessCount() == 0 ? step : step.toBuilder().clearSharpness().build();
  }

  private static StepObserved only(StepObserved step, SharpnessPoint point) {
    List<Sharpness> kept =
        step.getSharpnessList().stream().filter(s -> s.getPoint() == point).toList();
    return step.toBuilder().clearSharpness().addAllSharpness(kept).build();
  }

  private static StepObserved noisy(StepObserved step, double size, RandomGenerator random) {
    UnaryOperator<Sharpness> disturb =
        sharpness -> {
          double factor = Math.exp(size * random.nextGaussian());
          Sharpness.Builder changed = sharpness.toBuilder();
          for (int i = 0; i < sharpness.getEigenvaluesCount(); i++) {
            changed.setEigenvalues(i, factor * sharpness.getEigenvalues(i));
          }
          return changed.build();
        };
    List<Sharpness> changed = step.getSharpnessList().stream().map(disturb).toList();
    return step.toBuilder().clearSharpness().addAllSharpness(changed).build();
  }

  private static List<StepObserved> shuffled(List<StepObserved> steps, Random random) {
    List<StepObserved> seen = new ArrayList<>(steps.size());
    for (StepObserved step : steps) {
      boolean late = random.nextInt(20) == 0;
      int place = late ? Math.max(0, seen.size() - 1 - random.nextInt(LATE - 1)) : seen.size();
      seen.add(place, step);
      if (random.nextInt(50) == 0) {
        seen.add(step);
      }
    }
    return seen;
  }
}
