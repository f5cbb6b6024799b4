package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Pooling;
import brink.trainer.kernels.Tensor;

/**
 * The largest entry of each window. Its derivatives are those of the choice that was made when it
 * was applied: where two entries are equal there are none.
 *
 * @param chosen the choices of a batch
 */
record MaxPoolMap(Kernels kernels, Pooling shape, Tensor chosen) implements UntrainedMap {
  /** A map for batches of so many examples. */
  static MaxPoolMap of(Kernels kernels, Pooling shape, int examples) {
    return new MaxPoolMap(kernels, shape, kernels.allocate(examples, Pools.outputs(shape)));
  }

  @Override
  public int inputs() {
    return Pools.inputs(shape);
  }

  @Override
  public int outputs() {
    return Pools.outputs(shape);
  }

  @Override
  public void apply(Tensor input, Tensor output) {
    Tensor choices =
        input.rows() == chosen.rows() ? chosen : chosen.view(0, input.rows(), outputs());
    kernels.maxPool(shape, input, choices, output);
  }

  @Override
  public void tangent(Tensor inputTangent, Tensor outputTangent) {
    kernels.poolChosen(shape, chosen, inputTangent, outputTangent);
  }

  @Override
  public void adjoint(Tensor outputAdjoint, Tensor inputAdjoint) {
    kernels.unpoolChosen(shape, chosen, outputAdjoint, inputAdjoint);
  }
}
