package brink.trainer.request;

import brink.trainer.kernels.cuda.Arithmetic;
import java.util.List;

/** Options that say where and in which floating-point format to compute. */
final class DeviceOptions {
  private static final RunOption<DeviceName> DEVICE =
      RunOption.of(
          OptionText.of(
              "--device",
              "DEVICE",
              "cpu, cuda or cuda:N for an NVIDIA GPU, or auto: the first GPU if it can be used"
                  + " (default: ${DEFAULT-VALUE})"),
          ValueForm.of(DeviceName::parse, DeviceName::toString),
          request -> request.device().name(),
          RunRequestBuilder::device,
          new StepEffect.SeenIn(Trajectory.DEVICE));

  private static final RunOption<Arithmetic> PRECISION =
      RunOption.of(
          OptionText.of(
              "--precision",
              "FORMAT",
              "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); float32 takes half the memory,"
                  + " and its Hessian-vector products are accurate to about 1e-6; tf32 is float32"
                  + " whose matrix products take ten bits of mantissa, on a GPU only; bf16x9 is as"
                  + " accurate as float32, from nine products of bfloat16, on GPUs of compute"
                  + " capability 10.0 or 10.3 with cuBLAS 12.9 or newer"),
          ValueForm.choice(Arithmetic.class, Arithmetic::label),
          request -> request.device().precision(),
          RunRequestBuilder::precision,
          new StepEffect.SeenIn(Trajectory.PRECISION));

  private static final RunOption<Spilling> SPILL =
      RunOption.of(
          OptionText.of(
              "--spill",
              "WHEN",
              "${COMPLETION-CANDIDATES}: keep the activations of a network in the machine's memory,"
                  + " and let the GPU work on slices of the batch; auto does so if the GPU has no"
                  + " room for all of them, and a resumed run does as it did before (default:"
                  + " ${DEFAULT-VALUE})"),
          ValueForm.choice(Spilling.class),
          request -> request.device().spill(),
          RunRequestBuilder::spill,
          new StepEffect.SeenIn(Trajectory.DEVICE));

  static final RunOption<Integer> THREADS =
      RunOption.of(
          OptionText.of(
              "--threads",
              "N",
              "threads that compute on the cpu (default: one for each processor)"),
          ValueForm.COUNT,
          request -> request.device().threads(),
          RunRequestBuilder::threads,
          new StepEffect.SeenIn(Trajectory.DEVICE));

  static final List<RunOption<?>> ALL = List.of(DEVICE, PRECISION, SPILL, THREADS);

  private DeviceOptions() {}
}
