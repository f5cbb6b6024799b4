package brink.trainer.problem;

import brink.trainer.curvature.SharpnessSettings;
import brink.trainer.data.Split;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentMemory;
import brink.trainer.descent.DirectCadence;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Precision;
import brink.trainer.network.NetworkMemory;
import brink.trainer.request.MeasurementChoice;
import brink.trainer.request.OptionException;
import brink.trainer.request.RunRequest;
import brink.trainer.request.Spilling;
import java.util.Locale;
import java.util.Objects;

/**
 * Memory of a run: a network, and the vectors that a descent keeps beside it.
 *
 * @param memory with those vectors
 * @param examples number of training examples
 * @param testExamples number of test examples
 */
record RunMemory(NetworkMemory memory, long examples, long testExamples) {
  private static final String REMEDY = "; use --train-size or a smaller network";

  private static final String REMEDY_OF_WEIGHTS =
      "; its weights take that whatever --train-size is: use a smaller network";

  private static final double GIBIBYTE = 1 << 30;

  /**
   * @param network with its data
   * @param dimension number of trained weights
   */
  static RunMemory of(
      NetworkMemory network,
      long dimension,
      Precision precision,
      RunRequest request,
      ProblemKind.Defaults defaults,
      Split data) {
    long vector = dimension * precision.bytes();
    Integer every = request.publishing().gradientsEvery();
    boolean gradients = every == null || every > 0;
    return new RunMemory(
        network
            .plus(vector * vectorsOfDescent(request.measurements(), defaults))
            .plusCopies(gradients ? vector : 0), // the one that is on its way to Kafka
        data.train().size(),
        data.test() == null ? 0 : data.test().size());
  }

  /** What it takes on a device with memory of its own, if that does not spill. */
  long bytesOnDevice() {
    return memory.onDevice().bytes(examples, testExamples);
  }

  /**
   * Refuses a run that fits neither the machine nor the device, if that has memory of its own.
   *
   * @param available bytes of the machine
   * @throws OptionException saying what is needed and how many examples would fit
   */
  void requireFits(Kernels kernels, long available) {
    if (kernels.memoryBytes().isPresent()) {
      requireFits(memory.onDevice(), kernels.memoryBytes().getAsLong());
    } else {
      requireFits(memory, available);
    }
  }

  private void requireFits(NetworkMemory needed, long available) {
    try {
      needed.requireFits(examples, testExamples, available);
    } catch (IllegalArgumentException e) {
      throw new OptionException(
          e.getMessage() + (memory.fixed() > available ? REMEDY_OF_WEIGHTS : REMEDY), e);
    }
  }

  /**
   * Whether what belongs to the training examples has to lie in the machine's memory.
   *
   * @param kernels of the device
   * @param available bytes of the machine, where tensors lie in its memory anyway
   * @param spillable bytes of the machine that the device can work on slices of
   * @throws OptionException if the run fits neither way, saying how many examples would fit
   */
  boolean spills(Kernels kernels, Spilling spill, long available, long spillable) {
    if (kernels.memoryBytesBesideSpilled().isEmpty()) {
      if (spill == Spilling.ON) {
        throw new OptionException(
            "--spill on needs an NVIDIA GPU: what "
                + kernels.device()
                + " works on lies in the machine's memory anyway");
      }
      requireFits(kernels, available);
      return false;
    }
    NetworkMemory whole = memory.onDevice();
    long device = kernels.memoryBytes().orElseThrow();
    long beside = kernels.memoryBytesBesideSpilled().orElseThrow();
    long most = whole.most(testExamples, device);
    long mostSpilled = memory.mostSpilled(testExamples, beside, spillable);
    if (spill != Spilling.ON && examples <= most) {
      return false;
    }
    if (spill != Spilling.OFF && examples <= mostSpilled) {
      return true;
    }
    if (most == 0 && mostSpilled == 0) {
      requireFits(whole, device);
    }
    throw new OptionException(
        String.format(
                Locale.ROOT,
                "%,d training examples would take %.1f GiB: at most %,d fit in the %.1f GiB of %s,"
                    + " and %,d with --spill auto or on, in the %.1f GiB of the machine",
                examples,
                whole.bytes(examples, testExamples) / GIBIBYTE,
                most,
                device / GIBIBYTE,
                kernels.device(),
                mostSpilled,
                spillable / GIBIBYTE)
            + REMEDY);
  }

  private static long vectorsOfDescent(MeasurementChoice measured, ProblemKind.Defaults defaults) {
    boolean curvature = measured.curvatureEvery() > 0;
    DirectCadence direct = Objects.requireNonNullElse(measured.directEvery(), defaults.direct());
    return DescentMemory.vectors(
        curvature
            ? Objects.requireNonNullElse(measured.curvature(), defaults.curvature())
            : CurvaturePoints.NONE,
        curvature ? direct : DirectCadence.NEVER,
        measured.planeEvery() > 0,
        true,
        SharpnessSettings.DEFAULT);
  }
}
