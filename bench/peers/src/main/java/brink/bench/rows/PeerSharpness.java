package brink.bench.rows;

import brink.bench.lanczos.Lanczos;
import brink.bench.torch.TorchLoss;
import brink.trainer.random.RandomStream;
import java.util.Random;

/** Sharpness by Lanczos with libtorch's Hessian-vector products: nothing of the engine is in it. */
final class PeerSharpness {
  private final TorchLoss peer;
  private final Random random = RandomStream.of("lanczos", 1);

  PeerSharpness(TorchLoss peer) {
    this.peer = peer;
  }

  /** Largest eigenvalue of P·∇²L(θ)·P, P = I − θθᵀ, converged. */
  double spherical(double[] direction) {
    peer.setWeights(direction);
    peer.retainGraph();
    Lanczos.Result found =
        Lanczos.converged().solve(v -> product(direction, v), direction.length, random);
    if (!found.converged()) {
      throw new ArithmeticException(
          "the reference did not converge in " + found.products() + " products");
    }
    return found.values().getFirst();
  }

  private double[] product(double[] direction, double[] v) {
    peer.setVector(projected(direction, v));
    peer.retainedHessianVectorProduct();
    return projected(direction, peer.result());
  }

  /** P·v. */
  static double[] projected(double[] direction, double[] v) {
    double along = ResultAgreement.dot(direction, v);
    double[] tangent = v.clone();
    for (int i = 0; i < tangent.length; i++) {
      tangent[i] -= along * direction[i];
    }
    return tangent;
  }

  /**
   * The two largest eigenvalues of ∇²L(w), w where the peer is, as the published code finds them:
   * every product from scratch.
   *
   * @return products spent
   */
  int asPublished(int dimension) {
    return Lanczos.asPublished()
        .solve(
            v -> {
              peer.setVector(v);
              peer.hessianVectorProduct();
              return peer.result();
            },
            dimension,
            random)
        .products();
  }
}
