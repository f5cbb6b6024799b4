package brink.trainer.curvature;

import brink.trainer.curvature.SphericalSharpness.Point;
import brink.trainer.descent.Initialization;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.kernels.cuda.Arithmetic;
import brink.trainer.kernels.cuda.CudaKernels;
import brink.trainer.kernels.cuda.Emulation;
import brink.trainer.landscape.BnLinear;
import brink.trainer.oracle.Golden;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class Tf32Test {
  private final SimpleMatrix inputs = new SimpleMatrix(Golden.inputs());
  private final SimpleMatrix pseudoInverse = inputs.pseudoInverse();

  private Tensor minimiser(Kernels kernels, double b) {
    SimpleMatrix fit = pseudoInverse.mult(new SimpleMatrix(20, 1, true, Golden.targets()));
    SimpleMatrix random = new SimpleMatrix(40, 1, true, Initialization.normal(1, 40, 1));
    SimpleMatrix free = random.minus(pseudoInverse.mult(inputs.mult(random)));
    SimpleMatrix sum =
        fit.scale(Math.sqrt(b) / fit.normF()).plus(free.scale(Math.sqrt(1 - b) / free.normF()));
    Tensor direction = kernels.allocate(1, 40);
    direction.set(sum.getDDRM().getData());
    return direction;
  }

  private static double size(double[] x) {
    return new SimpleMatrix(x.length, 1, true, x).normF();
  }

  @Test
  void explore() {
    StringBuilder out = new StringBuilder();
    for (String what : new String[] {"cpu", "FLOAT32", "TF32"}) {
      try (Kernels kernels =
          what.equals("cpu")
              ? new CpuKernels(1)
              : CudaKernels.open(Emulation.libraries(), 0, Arithmetic.valueOf(what))) {
        BnLinear landscape = BnLinear.from(kernels, Golden.inputs(), Golden.targets());
        var settings = new SharpnessSettings(1, 0.007, 40, 100, 0, 40, 1);
        for (double b : new double[] {0.05, 0.3, 0.7, 0.9, 0.99}) {
          Tensor direction = minimiser(kernels, b);
          var solver = new LeadingEigensolver(kernels, 40, settings);
          var probe = new SharpnessProbe(solver, settings, Point.MIDPOINT);
          var found = probe.measure(0, landscape.linearize(direction), direction, 1);
          double lambda = found.eigenvalues().getFirst();
          double z = inputs.mult(new SimpleMatrix(40, 1, true, direction.get())).normF();
          double g =
              new LogSharpnessGradient(landscape, 40, 1)
                  .measure(direction, found.leadingVector(), lambda);
          out.append(
              "%s b=%s lambda=%.6g products=%s z=%.3g X=%.3g G2=%.6g expected %.6g%n"
                  .formatted(
                      what,
                      b,
                      lambda,
                      found,
                      z,
                      inputs.svd().getSingleValue(0),
                      g,
                      4 * (1 - b) / b));
          Tensor v = kernels.allocate(1, 40);
          v.set(Initialization.normal(7, 40, 1));
          Tensor hv = kernels.allocate(1, 40);
          landscape.linearize(direction).hessianVectorProduct(v, hv);
          out.append(
              "   |Hv| %.17g first %.9g %.9g%n"
                  .formatted(size(hv.get()), hv.get()[0], hv.get()[1]));
        }
      }
    }
    try {
      java.nio.file.Files.writeString(
          java.nio.file.Path.of("/tmp/gpu2/explore.txt"), out.toString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
