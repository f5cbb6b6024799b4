package brink.trainer.dl4j;

import brink.trainer.listener.network.NamedLayer;
import java.util.List;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.jspecify.annotations.Nullable;

/** One of several parts of a network that come after each other. */
sealed interface Stage {
  /**
   * A layer.
   *
   * @param before reshapes its input; null if nothing does
   */
  record Single(NamedLayer layer, @Nullable InputPreProcessor before) implements Stage {}

  /**
   * The sum of two branches that start from the same input.
   *
   * @param name of the vertex that adds them
   * @param body at least one stage
   * @param shortcut no stage is the input itself
   */
  record Sum(String name, List<Stage> body, List<Stage> shortcut) implements Stage {}

  /**
   * What two or more branches give out, one behind the other by channel or feature; they start from
   * the same input.
   *
   * @param name of the vertex that concatenates them
   * @param branches from the first channels on; one without stages is the input itself
   * @param normalization a batch normalization right after it, which takes each channel for itself;
   *     null if something else follows
   */
  record Merge(String name, List<List<Stage>> branches, @Nullable NamedLayer normalization)
      implements Stage {}
}
