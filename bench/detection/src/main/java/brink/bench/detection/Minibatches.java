package brink.bench.detection;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.Linearization;
import java.util.List;
import java.util.random.RandomGenerator;

/** The loss on one part of the data, another one at every step: what the detector is not for. */
record Minibatches(List<? extends Landscape> parts, RandomGenerator random) implements Landscape {
  @Override
  public Kernels kernels() {
    return parts.getFirst().kernels();
  }

  @Override
  public int dimension() {
    return parts.getFirst().dimension();
  }

  @Override
  public Linearization linearize(Tensor w) {
    return parts.get(random.nextInt(parts.size())).linearize(w);
  }
}
