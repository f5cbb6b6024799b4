package brink.trainer.network;

import brink.trainer.kernels.Tensor;

/**
 * A linear map whose weights stay as they were drawn.
 *
 * @param map the map
 * @param frozen its weights
 */
record FrozenMap(LinearMap map, Tensor frozen) implements UntrainedMap {
  @Override
  public int inputs() {
    return map.inputs();
  }

  @Override
  public int outputs() {
    return map.outputs();
  }

  @Override
  public void apply(Tensor input, Tensor output) {
    map.product(frozen, input, output, false);
  }

  @Override
  public void tangent(Tensor inputTangent, Tensor outputTangent) {
    map.product(frozen, inputTangent, outputTangent, false);
  }

  @Override
  public void adjoint(Tensor outputAdjoint, Tensor inputAdjoint) {
    map.inputAdjoint(frozen, outputAdjoint, inputAdjoint, false);
  }
}
