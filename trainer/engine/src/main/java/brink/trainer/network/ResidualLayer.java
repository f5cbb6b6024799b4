package brink.trainer.network;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * y = body(x) + shortcut(x) (He, Zhang, Ren, Sun, arXiv 1512.03385). The input is used twice, so
 * its adjoints add up; the adjoint of the sum is that of either branch.
 */
final class ResidualLayer implements Layer {
  private final Kernels kernels;
  private final Layer body;
  private final @Nullable Layer shortcut;
  private final Tensor sum;
  private final Tensor sumTangent;
  private final PassScratch scratch;
  private final int slot;

  /**
   * A residual layer that uses {@link PassScratch#SLOTS_OF_RESIDUAL} slots of the scratch.
   *
   * @param shortcut null is the identity
   */
  ResidualLayer(
      Kernels kernels, Layer body, @Nullable Layer shortcut, PassScratch scratch, int slot) {
    this.kernels = kernels;
    this.body = body;
    this.shortcut = shortcut;
    this.scratch = scratch;
    this.slot = slot;
    sum = kernels.allocate(scratch.examples(), body.outputs());
    sumTangent = kernels.allocate(scratch.examples(), body.outputs());
  }

  @Override
  public int inputs() {
    return body.inputs();
  }

  @Override
  public int outputs() {
    return body.outputs();
  }

  @Override
  public Tensor forward(Tensor weights, Tensor input) {
    kernels.copy(body.forward(weights, input), sum);
    kernels.axpy(1, shortcut == null ? input : shortcut.forward(weights, input), sum);
    return sum;
  }

  @Override
  public Tensor outputAdjoint() {
    return body.outputAdjoint();
  }

  @Override
  public void backward(Tensor gradient, @Nullable Tensor inputAdjoint) {
    body.backward(gradient, inputAdjoint);
    if (shortcut == null) {
      addIfNeeded(outputAdjoint(), inputAdjoint);
      return;
    }
    kernels.copy(outputAdjoint(), shortcut.outputAdjoint());
    @Nullable Tensor ofShortcut = inputAdjoint == null ? null : branch(inputs());
    shortcut.backward(gradient, ofShortcut);
    addIfNeeded(ofShortcut, inputAdjoint);
  }

  @Override
  public @Nullable Tensor tangent(Tensor weightsTangent, @Nullable Tensor inputTangent) {
    @Nullable Tensor ofBody = body.tangent(weightsTangent, inputTangent);
    @Nullable Tensor ofShortcut =
        shortcut == null ? inputTangent : shortcut.tangent(weightsTangent, inputTangent);
    if (ofBody == null || ofShortcut == null) {
      return ofBody == null ? ofShortcut : ofBody;
    }
    kernels.copy(ofBody, sumTangent);
    kernels.axpy(1, ofShortcut, sumTangent);
    return sumTangent;
  }

  @Override
  public void backwardTangent(
      Tensor outputAdjointTangent, Tensor gradientTangent, @Nullable Tensor inputAdjointTangent) {
    Tensor ofBody = branch(outputs());
    kernels.copy(outputAdjointTangent, ofBody);
    body.backwardTangent(ofBody, gradientTangent, inputAdjointTangent);
    if (shortcut == null) {
      addIfNeeded(outputAdjointTangent, inputAdjointTangent);
      return;
    }
    @Nullable Tensor ofShortcut = inputAdjointTangent == null ? null : branch(inputs());
    shortcut.backwardTangent(outputAdjointTangent, gradientTangent, ofShortcut);
    addIfNeeded(ofShortcut, inputAdjointTangent);
  }

  @Override
  public void apply(Tensor input, Tensor output) {
    body.apply(input, output);
    if (shortcut == null) {
      kernels.axpy(1, input, output);
      return;
    }
    Tensor ofShortcut = scratch.window(slot, input.rows(), outputs());
    shortcut.apply(input, ofShortcut);
    kernels.axpy(1, ofShortcut, output);
  }

  private void addIfNeeded(@Nullable Tensor term, @Nullable Tensor sum) {
    if (term != null && sum != null) {
      kernels.axpy(1, term, sum);
    }
  }

  private Tensor branch(int columns) {
    return scratch.window(slot, scratch.examples(), columns);
  }
}
