package brink.trainer.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brink.trainer.descent.DirectCadence;
import brink.trainer.descent.GradientDescent;
import brink.trainer.descent.Problem;
import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.cuda.Arithmetic;
import brink.trainer.kernels.cuda.CudaKernels;
import brink.trainer.kernels.cuda.Emulation;
import brink.trainer.request.OptionException;
import brink.trainer.request.ProblemName;
import brink.trainer.request.RunRequest;
import brink.trainer.request.Spilling;
import brink.trainer.run.RunPlan;
import brink.trainer.run.RunPlanner;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The memory that a run is said to need on a GPU is what it takes there. */
class DeviceMemoryTest {
  // inputs enough for the first layer's products to be shared, so that six vectors are copied
  private static final String DATA = "synthetic:teacher?n=150&d=600&classes=4&test=30";

  @AfterEach
  void restore() {
    Emulation.reset();
  }

  private static RunRequest request() {
    return RunRequest.builder()
        .problem(ProblemName.MLP_BN)
        .data(DATA)
        .seed(1)
        .steps(2L)
        .directEvery(new DirectCadence.Every(1))
        .gradientsEvery(0)
        .spill(Spilling.OFF)
        .build();
  }

  private static long needed() {
    NetworkKind kind = (NetworkKind) NetworkKind.mlpBn();
    ProblemInput input = new ProblemInput(request(), DATA, DataReader.ANEW);
    return kind.memory(input, Arithmetic.FLOAT32.precision()).bytesOnDevice();
  }

  /** Bytes that the run took, with all that it ever allocates. */
  private static long run(long memory) {
    Emulation.setMemory(memory);
    try (CudaKernels kernels = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT32)) {
      long before = Emulation.used();
      RunPlan plan = RunPlanner.of(Clock.systemUTC(), new Random(1)).plan(request(), kernels);
      Problem problem = plan.problem();
      List<StepRecord> steps = new ArrayList<>();
      new GradientDescent(
              problem.landscape(), problem.initialWeights(), plan.descent(), System::nanoTime)
          .run(steps::add, () -> false);
      assertThat(steps).hasSize(2);
      return Emulation.used() - before;
    }
  }

  /** Device memory in which so many bytes are left for tensors. */
  private static long memoryFor(long bytes) {
    Emulation.setMemory(1L << 30);
    try (CudaKernels kernels = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT32)) {
      assertThat(kernels.memoryBytes()).isPresent();
      // a sixteenth of what is free is set aside
      return Emulation.used() + (bytes * 16 + 14) / 15;
    }
  }

  @Test
  void run_onADeviceThatJustHasRoom_fits() {
    long needed = needed();

    long taken = run(memoryFor(needed));

    // less by the two vectors of layers, which are not measured here, of some seventy; more by
    // scratch of sums, which comes out of the part set aside
    assertThat(taken).isBetween(needed * 96 / 100, needed * 16 / 15);
  }

  @Test
  void run_onADeviceThatIsSmaller_isRefusedBeforeItStarts() {
    long memory = memoryFor(needed() - 20_000);

    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> run(memory))
        .withMessageStartingWith("150 training examples would take");
  }
}
