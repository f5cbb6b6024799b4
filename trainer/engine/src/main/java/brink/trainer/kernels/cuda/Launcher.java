package brink.trainer.kernels.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Starts the kernels of the fatbin resource, in one precision. */
final class Launcher {
  static final String RESOURCE = "kernels.fatbin";

  private static final int MOST_ARGUMENTS = 24;

  private static final FunctionDescriptor LAUNCH =
      FunctionDescriptor.of(
          JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
          JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private final Device device;
  private final String suffix;
  private final MethodHandle launch;
  private final long module;
  private final Map<String, Long> functions = new HashMap<>();
  private final Slots arguments;
  private final Slots pointers;

  Launcher(Device device, Precision precision) {
    this.device = device;
    suffix = precision == Precision.FLOAT32 ? "_f32" : "_f64";
    launch = device.driver().handle("cuLaunchKernel", LAUNCH);
    arguments = new Slots(device.arena(), MOST_ARGUMENTS);
    pointers = new Slots(device.arena(), MOST_ARGUMENTS);
    for (int i = 0; i < MOST_ARGUMENTS; i++) {
      pointers.set(i, arguments.address(i));
    }
    module = load(device);
    device.atClose(() -> device.driver().call("cuModuleUnload", module));
  }

  private static long load(Device device) {
    try (Arena arena = Arena.ofConfined();
        InputStream resource = Launcher.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new CudaException("this build has no GPU kernels: build it from all of its sources");
      }
      byte[] bytes = resource.readAllBytes();
      MemorySegment image = arena.allocate(bytes.length, Long.BYTES);
      image.copyFrom(MemorySegment.ofArray(bytes));
      Slots out = new Slots(arena, 1);
      int status = device.driver().tryCall("cuModuleLoadData", out.address(0), image.address());
      if (status != 0) {
        throw new CudaException(
            "%s does not take the kernels (CUDA error %d): install NVIDIA driver 580 or newer; this one is of CUDA %s"
                .formatted(device.info().id(), status, device.driver().version()));
      }
      return out.getLong(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a kernel of the launcher's precision.
   *
   * @param values tensors, activations, and addresses or numbers as Long, Integer and Double, as
   *     the kernel declares them
   */
  void launch(String kernel, Grid grid, Object... values) {
    start(kernel + suffix, grid, values);
  }

  /** Starts a kernel that has no precision of its own. */
  void launchPlain(String kernel, Grid grid, Object... values) {
    start(kernel, grid, values);
  }

  private void start(String kernel, Grid grid, Object... values) {
    Driver driver = device.driver();
    for (int i = 0; i < values.length; i++) {
      put(i, values[i]);
    }
    Long known = functions.get(kernel);
    long function = known != null ? known : find(kernel);
    try {
      int status =
          (int)
              launch.invokeExact(
                  function,
                  grid.x(),
                  grid.y(),
                  1,
                  grid.blockX(),
                  grid.blockY(),
                  1,
                  0,
                  device.stream(),
                  pointers.address(0),
                  0L);
      driver.check(kernel, status);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable failure) {
      throw new AssertionError("launch of " + kernel, failure);
    }
  }

  private void put(int slot, Object value) {
    switch (value) {
      case CudaTensor tensor -> arguments.set(slot, tensor.address());
      case Activation phi -> arguments.set(slot, code(phi));
      case Long number -> arguments.set(slot, number);
      case Integer number -> arguments.set(slot, number);
      case Double number -> arguments.set(slot, number);
      default -> throw new IllegalArgumentException("no argument of " + value.getClass());
    }
  }

  /** As in activation.cuh. */
  private static int code(Activation phi) {
    return switch (phi) {
      case IDENTITY -> 0;
      case TANH -> 1;
      case RELU -> 2;
      case GELU -> 3;
      case SOFTPLUS -> 4;
    };
  }

  private long find(String kernel) {
    try (Arena arena = Arena.ofConfined()) {
      Slots out = new Slots(arena, 1);
      byte[] name = (kernel + "\0").getBytes(StandardCharsets.US_ASCII);
      MemorySegment text = arena.allocate(name.length);
      text.copyFrom(MemorySegment.ofArray(name));
      device.driver().call("cuModuleGetFunction", out.address(0), module, text.address());
      functions.put(kernel, out.getLong(0));
      return out.getLong(0);
    }
  }
}
