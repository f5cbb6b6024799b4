package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.landscape.WeightBlock;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * y = x + b with one number for each channel, at all positions. The b of a position is a dense map
 * of the input 1, so that its passes are those of that map.
 */
final class ShiftLayer implements Layer {
  private final Kernels kernels;
  private final Shape shape;
  private final @Nullable WeightBlock trained;
  private @Nullable Tensor shift;
  private final DenseMap map;
  private final Tensor ones;
  private final Tensor output;
  private final Tensor outputAdjoint;
  private final Tensor outputTangent;

  private ShiftLayer(
      Kernels kernels,
      Shape shape,
      int examples,
      @Nullable WeightBlock trained,
      @Nullable Tensor shift) {
    this.kernels = kernels;
    this.shape = shape;
    this.trained = trained;
    this.shift = shift;
    map = new DenseMap(kernels, 1, shape.channels());
    ones = kernels.allocate(Math.multiplyExact(examples, shape.positions()), 1);
    double[] values = new double[ones.rows()];
    Arrays.fill(values, 1);
    ones.set(values);
    output = kernels.allocate(examples, shape.features());
    outputAdjoint = kernels.allocate(examples, shape.features());
    outputTangent = kernels.allocate(examples, shape.features());
  }

  /** A shift that is trained. */
  static ShiftLayer trained(Kernels kernels, Shape shape, int examples, WeightBlock block) {
    return new ShiftLayer(kernels, shape, examples, block, null);
  }

  /**
   * A shift that stays as it is.
   *
   * @param shift 1×channels, kept
   */
  static ShiftLayer fixed(Kernels kernels, Shape shape, int examples, Tensor shift) {
    return new ShiftLayer(kernels, shape, examples, null, shift);
  }

  @Override
  public int inputs() {
    return shape.features();
  }

  @Override
  public int outputs() {
    return shape.features();
  }

  @Override
  public Tensor forward(Tensor weights, Tensor input) {
    if (trained != null) {
      shift = trained.in(weights);
    }
    apply(input, output);
    return output;
  }

  @Override
  public Tensor outputAdjoint() {
    return outputAdjoint;
  }

  @Override
  public void backward(Tensor gradient, @Nullable Tensor inputAdjoint) {
    sum(outputAdjoint, gradient, inputAdjoint);
  }

  @Override
  public @Nullable Tensor tangent(Tensor weightsTangent, @Nullable Tensor inputTangent) {
    if (inputTangent != null) {
      kernels.copy(inputTangent, outputTangent);
    }
    if (trained != null) {
      Tensor shiftTangent = trained.in(weightsTangent);
      map.product(
          column(shiftTangent), ones, shape.byPosition(outputTangent), inputTangent != null);
    }
    return trained == null && inputTangent == null ? null : outputTangent;
  }

  @Override
  public void backwardTangent(
      Tensor outputAdjointTangent, Tensor gradientTangent, @Nullable Tensor inputAdjointTangent) {
    sum(outputAdjointTangent, gradientTangent, inputAdjointTangent);
  }

  /** The adjoint pass, which is its own tangent since the layer is linear in (x, b). */
  private void sum(Tensor ofOutput, Tensor ofWeights, @Nullable Tensor ofInput) {
    if (trained != null) {
      map.weightAdjoint(ones, shape.byPosition(ofOutput), column(trained.in(ofWeights)), false);
    }
    if (ofInput != null) {
      kernels.copy(ofOutput, ofInput);
    }
  }

  @Override
  public void apply(Tensor input, Tensor output) {
    kernels.copy(input, output);
    Tensor positions = shape.byPosition(output);
    Tensor b = Objects.requireNonNull(shift, "forward comes first");
    map.product(column(b), ones.view(0, positions.rows(), 1), positions, true);
  }

  private Tensor column(Tensor row) {
    return row.view(0, shape.channels(), 1);
  }
}
