package brink.trainer.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.kernels.cuda.Arithmetic;
import brink.trainer.kernels.cuda.CudaKernels;
import brink.trainer.kernels.cuda.Emulation;
import brink.trainer.network.NetworkMemory;
import brink.trainer.request.OptionException;
import brink.trainer.request.Spilling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which runs fit where, on an emulated GPU of 1 GiB. */
class RunMemoryTest {
  private static final long MIB = 1 << 20;

  private final Kernels gpu = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT32);
  private final long most = (gpu.memoryBytes().orElseThrow() - 1000) / MIB;

  @AfterEach
  void close() {
    gpu.close();
  }

  /** A MiB for each example. */
  private static RunMemory examples(long examples) {
    return new RunMemory(new NetworkMemory(1000, MIB, 10, 0), examples, 0);
  }

  private boolean spills(long examples, Spilling spill) {
    return examples(examples).spills(gpu, spill, 0, 5000 * MIB);
  }

  @Test
  void spills_auto_doesOnlyIfTheDeviceIsTooSmall() {
    assertThat(spills(most, Spilling.AUTO)).isFalse();
    assertThat(spills(most + 1, Spilling.AUTO)).isTrue();
    assertThat(spills(5000, Spilling.AUTO)).isTrue();
  }

  @Test
  void spills_recordedPasses_takeTheirShareOfTheDevice() {
    RunMemory memory = new RunMemory(new NetworkMemory(1000, MIB, 10, 3 * MIB), most - 2, 0);

    assertThat(memory.spills(gpu, Spilling.AUTO, 0, 5000 * MIB)).isTrue();
    assertThat(
            new RunMemory(memory.memory(), most - 3, 0).spills(gpu, Spilling.AUTO, 0, 5000 * MIB))
        .isFalse();
  }

  @Test
  void spills_on_doesAlways() {
    assertThat(spills(1, Spilling.ON)).isTrue();
  }

  @Test
  void spills_tooManyExamples_tellsHowManyFitWhere() {
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> spills(5001, Spilling.AUTO))
        .withMessageStartingWith("5,001 training examples would take 4.9 GiB: at most %d fit", most)
        .withMessageContaining("GiB of cuda:0 (emulation")
        .withMessageContaining("and 5,000 with --spill auto or on, in the 4.9 GiB of the machine")
        .withMessageEndingWith("use --train-size or a smaller network");
  }

  @Test
  void spills_off_refusesWhatTheDeviceHasNoRoomFor() {
    assertThat(spills(most, Spilling.OFF)).isFalse();
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> spills(most + 1, Spilling.OFF))
        .withMessageContaining("and 5,000 with --spill auto");
  }

  @Test
  void spills_networkThatIsTooLarge_tellsThatFewerExamplesWouldNotHelp() {
    RunMemory huge = new RunMemory(new NetworkMemory(2000 * MIB, MIB, 10, 0), 1, 0);

    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> huge.spills(gpu, Spilling.AUTO, 0, 5000 * MIB))
        .withMessageStartingWith("the network alone would take 2.0 GiB");
  }

  @Test
  void spills_onTheProcessor_hasNoNeedTo() {
    try (Kernels cpu = new CpuKernels(1)) {
      assertThat(examples(2000).spills(cpu, Spilling.AUTO, 3000 * MIB, 0)).isFalse();
      assertThatExceptionOfType(OptionException.class)
          .isThrownBy(() -> examples(2000).spills(cpu, Spilling.ON, 3000 * MIB, 0))
          .withMessageStartingWith("--spill on needs an NVIDIA GPU");
      assertThatExceptionOfType(OptionException.class)
          .isThrownBy(() -> examples(2000).spills(cpu, Spilling.AUTO, 1000 * MIB, 0))
          .withMessageContaining("at most 999 fit");
    }
  }
}
