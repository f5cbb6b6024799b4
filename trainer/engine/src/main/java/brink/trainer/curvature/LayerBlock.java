package brink.trainer.curvature;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.WeightBlock;

/**
 * The spherical Hessian on the vectors that are 0 outside of one layer and orthogonal to the
 * layer's weights, and so to all of θ.
 */
final class LayerBlock implements SymmetricOperator {
  private final Kernels kernels;
  private final SphericalHessian hessian;
  private final WeightBlock layer;
  private final Tensor direction;
  private final double directionSquared;

  /**
   * @param direction θ, 1×dimension; kept, not modified
   */
  LayerBlock(Kernels kernels, SphericalHessian hessian, WeightBlock layer, Tensor direction) {
    this.kernels = kernels;
    this.hessian = hessian;
    this.layer = layer;
    this.direction = layer.in(direction);
    directionSquared = kernels.dot(this.direction, this.direction);
  }

  @Override
  public int dimension() {
    return hessian.dimension();
  }

  @Override
  public int rank() {
    return Math.toIntExact(layer.end() - layer.offset()) - 1;
  }

  @Override
  public void apply(Tensor v, Tensor result) {
    hessian.apply(v, result);
    project(result);
  }

  @Override
  public void applyToRows(Tensor vectors, Tensor results) {
    hessian.applyToRows(vectors, results);
    for (int i = 0; i < results.rows(); i++) {
      project(results.row(i));
    }
  }

  @Override
  public void project(Tensor v) {
    clear(v, 0, layer.offset());
    clear(v, layer.end(), v.length());
    Tensor own = layer.in(v);
    if (directionSquared > 0) {
      kernels.axpy(-kernels.dot(direction, own) / directionSquared, direction, own);
    }
  }

  private void clear(Tensor v, long from, long to) {
    if (to > from) {
      kernels.scale(0, v.view(from, 1, Math.toIntExact(to - from)));
    }
  }
}
