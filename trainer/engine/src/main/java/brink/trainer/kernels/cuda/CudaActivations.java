package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Shapes;
import brink.trainer.kernels.Tensor;

/** Activations that no normalization comes before. */
record CudaActivations(Launcher launcher) {
  void activate(Activation activation, Tensor x, Tensor y) {
    Shapes.requireSameLength(x, y);
    long n = x.length();
    launcher.launch("activate", Grid.entries(n), n, activation, x, y);
  }

  void product(Activation activation, Tensor x, Tensor v, Tensor result) {
    Shapes.requireSameLength(x, v, result);
    long n = x.length();
    launcher.launch("activation_product", Grid.entries(n), n, activation, x, v, result);
  }

  void productTangent(
      Activation activation,
      Tensor x,
      Tensor xTangent,
      Tensor adjoint,
      Tensor adjointTangent,
      Tensor result) {
    Shapes.requireSameLength(x, xTangent, adjoint, adjointTangent, result);
    long n = x.length();
    launcher.launch(
        "activation_product_tangent",
        Grid.entries(n),
        n,
        activation,
        x,
        xTangent,
        adjoint,
        adjointTangent,
        result);
  }
}
