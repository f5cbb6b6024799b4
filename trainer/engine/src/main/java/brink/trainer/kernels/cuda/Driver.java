package brink.trainer.kernels.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** The CUDA driver, which a machine with a GPU has without any toolkit. */
final class Driver {
  private static final String REMEDY =
      "install NVIDIA driver 580 or newer, or use --device cpu (a container needs --gpus all)";

  private static final List<String> FUNCTIONS =
      List.of(
          "cuInit",
          "cuDriverGetVersion",
          "cuGetErrorName",
          "cuDeviceGetCount",
          "cuDeviceGet",
          "cuDeviceGetName",
          "cuDeviceTotalMem_v2",
          "cuDeviceGetAttribute",
          "cuDevicePrimaryCtxRetain",
          "cuCtxSetCurrent",
          "cuModuleLoadData",
          "cuModuleUnload",
          "cuModuleGetFunction",
          "cuLaunchKernel",
          "cuMemAlloc_v2",
          "cuMemFree_v2",
          "cuMemGetInfo_v2",
          "cuMemAllocHost_v2",
          "cuMemFreeHost",
          "cuMemcpyHtoDAsync_v2",
          "cuMemcpyDtoHAsync_v2",
          "cuMemcpyDtoDAsync_v2",
          "cuMemsetD8Async",
          "cuStreamCreate",
          "cuStreamDestroy_v2",
          "cuStreamSynchronize",
          "cuStreamWaitEvent",
          "cuEventCreate",
          "cuEventRecord",
          "cuEventSynchronize",
          "cuEventDestroy_v2",
          "cuStreamBeginCapture_v2",
          "cuStreamEndCapture",
          "cuGraphInstantiateWithFlags",
          "cuGraphLaunch",
          "cuGraphDestroy",
          "cuGraphExecDestroy");

  // enum cudaError_enum and CUdevice_attribute of cuda.h
  static final int OUT_OF_MEMORY = 2;
  private static final int NO_DEVICE = 100;
  private static final int MAJOR = 75;
  private static final int MINOR = 76;

  private static final int NAME_SLOTS = 32;

  private final NativeLibrary library;
  private final Slots out = new Slots(Arena.global(), NAME_SLOTS + 1);

  private Driver(NativeLibrary library) {
    this.library = library;
  }

  /**
   * Loads and initializes the driver.
   *
   * @throws CudaException if there is none, or it is too old
   */
  static Driver open(LibraryFolders folders) {
    NativeLibrary library = NativeLibrary.find(folders, List.of("libcuda.so.1"));
    if (library == null) {
      throw new CudaException("no NVIDIA driver (libcuda.so.1) on this machine: " + REMEDY);
    }
    library.require(FUNCTIONS, REMEDY);
    Driver driver = new Driver(library);
    int status = library.call("cuInit", 0);
    if (status != 0 && status != NO_DEVICE) {
      throw new CudaException(
          "the NVIDIA driver does not start (" + driver.name(status) + "): " + REMEDY);
    }
    return driver;
  }

  /** Calls a function, and checks its status. */
  void call(String function, Object... arguments) {
    check(function, library.call(function, arguments));
  }

  /** Calls a function that may fail. */
  int tryCall(String function, Object... arguments) {
    return library.call(function, arguments);
  }

  void check(String function, int status) {
    if (status != 0) {
      throw new CudaException(
          "%s: %s; if it happens again, run with --device cpu".formatted(function, name(status)));
    }
  }

  MethodHandle handle(String function, FunctionDescriptor signature) {
    return library.handle(function, signature);
  }

  private String name(int status) {
    out.set(0, 0L);
    library.call("cuGetErrorName", status, out.address(0));
    String name = Slots.string(out.getLong(0));
    return name.isEmpty() ? "CUDA error " + status : name;
  }

  /** As "13.0": the CUDA version that the driver brings. */
  String version() {
    call("cuDriverGetVersion", out.address(0));
    int version = out.getInt(0);
    return version / 1000 + "." + version % 1000 / 10;
  }

  /** All devices that the driver shows, of which some may be too old. */
  List<DeviceInfo> devices() {
    int status = tryCall("cuDeviceGetCount", out.address(0));
    int count = status == 0 ? out.getInt(0) : 0;
    List<DeviceInfo> devices = new ArrayList<>();
    for (int ordinal = 0; ordinal < count; ordinal++) {
      devices.add(device(ordinal));
    }
    return devices;
  }

  private DeviceInfo device(int ordinal) {
    call("cuDeviceGet", out.address(0), ordinal);
    int handle = out.getInt(0);
    call("cuDeviceTotalMem_v2", out.address(0), handle);
    long bytes = out.getLong(0);
    int major = attribute(MAJOR, handle);
    int minor = attribute(MINOR, handle);
    call("cuDeviceGetName", out.address(1), NAME_SLOTS * Long.BYTES, handle);
    return new DeviceInfo(ordinal, handle, out.string(1, NAME_SLOTS), major, minor, bytes);
  }

  private int attribute(int attribute, int device) {
    call("cuDeviceGetAttribute", out.address(0), attribute, device);
    return out.getInt(0);
  }
}
