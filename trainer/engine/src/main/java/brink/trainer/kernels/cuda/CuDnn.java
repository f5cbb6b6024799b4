package brink.trainer.kernels.cuda;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** cuDNN on a device's stream: calls with checked status, and descriptors. */
final class CuDnn {
  private static final List<String> SONAMES = List.of("libcudnn.so.9");

  // What libcudnn.so.9 opens by itself, which the linker may not find where it was found.
  private static final List<String> COMPANIONS =
      List.of(
          "libcudnn_graph.so.9",
          "libcudnn_ops.so.9",
          "libcudnn_engines_precompiled.so.9",
          "libcudnn_engines_runtime_compiled.so.9",
          "libcudnn_heuristic.so.9",
          "libcudnn_cnn.so.9");

  private static final List<String> FUNCTIONS =
      List.of(
          "cudnnGetVersion",
          "cudnnGetErrorString",
          "cudnnCreate",
          "cudnnDestroy",
          "cudnnSetStream",
          "cudnnCreateTensorDescriptor",
          "cudnnDestroyTensorDescriptor",
          "cudnnSetTensor4dDescriptor",
          "cudnnCreateFilterDescriptor",
          "cudnnDestroyFilterDescriptor",
          "cudnnSetFilter4dDescriptor",
          "cudnnCreateConvolutionDescriptor",
          "cudnnDestroyConvolutionDescriptor",
          "cudnnSetConvolution2dDescriptor",
          "cudnnSetConvolutionMathType",
          "cudnnGetConvolutionForwardAlgorithm_v7",
          "cudnnGetConvolutionForwardWorkspaceSize",
          "cudnnGetConvolutionBackwardDataAlgorithm_v7",
          "cudnnGetConvolutionBackwardDataWorkspaceSize",
          "cudnnGetConvolutionBackwardFilterAlgorithm_v7",
          "cudnnGetConvolutionBackwardFilterWorkspaceSize",
          "cudnnConvolutionForward",
          "cudnnConvolutionBackwardData",
          "cudnnConvolutionBackwardFilter");

  // cudnnTensorFormat_t, cudnnDataType_t and cudnnConvolutionMode_t of cudnn_ops.h and cudnn_cnn.h
  private static final int NHWC = 1;
  private static final int FLOAT = 0;
  private static final int CROSS_CORRELATION = 1;

  // cudnnStatus_t of cudnn_graph.h: 3000 with its kinds up to the next class of errors
  private static final int NOT_SUPPORTED = 3000;
  private static final int INTERNAL_ERROR = 4000;

  private final NativeLibrary library;
  private final Device device;
  private final Slots out;
  private final long handle;

  private CuDnn(NativeLibrary library, Device device) {
    this.library = library;
    this.device = device;
    out = new Slots(device.arena(), 1);
    device.driver();
    call("cudnnCreate", out.address(0));
    handle = out.getLong(0);
    call("cudnnSetStream", handle, device.stream());
    device.atClose(() -> call("cudnnDestroy", handle));
  }

  /** The library; null if there is none with all functions. */
  static @Nullable NativeLibrary library(LibraryFolders folders) {
    COMPANIONS.forEach(soname -> NativeLibrary.find(folders, List.of(soname)));
    NativeLibrary library = NativeLibrary.find(folders, SONAMES);
    return library == null || library.lacksAny(FUNCTIONS) ? null : library;
  }

  /** cuDNN on a device; null if there is none. */
  static @Nullable CuDnn open(LibraryFolders folders, Device device) {
    NativeLibrary library = library(folders);
    return library == null ? null : new CuDnn(library, device);
  }

  /** Such as "cuDNN 9.10.2". */
  static String version(NativeLibrary library) {
    long number = library.callLong("cudnnGetVersion");
    return "cuDNN %d.%d.%d".formatted(number / 10_000, number / 100 % 100, number % 100);
  }

  long handle() {
    return handle;
  }

  /** A descriptor of channels-last float32 images. */
  long images(int n, int height, int width, int channels) {
    long descriptor = create("Tensor");
    call("cudnnSetTensor4dDescriptor", descriptor, NHWC, FLOAT, n, channels, height, width);
    return descriptor;
  }

  /** A descriptor of channels-last float32 filters. */
  long filters(int filters, int kernel, int channels) {
    long descriptor = create("Filter");
    call("cudnnSetFilter4dDescriptor", descriptor, FLOAT, NHWC, filters, channels, kernel, kernel);
    return descriptor;
  }

  /** A descriptor of a convolution. */
  long convolution(int padding, int stride, int math) {
    long descriptor = create("Convolution");
    call(
        "cudnnSetConvolution2dDescriptor",
        descriptor,
        padding,
        padding,
        stride,
        stride,
        1,
        1,
        CROSS_CORRELATION,
        FLOAT);
    setMath(descriptor, math);
    return descriptor;
  }

  void setMath(long convolution, int math) {
    call("cudnnSetConvolutionMathType", convolution, math);
  }

  private long create(String kind) {
    call("cudnnCreate" + kind + "Descriptor", out.address(0));
    long descriptor = out.getLong(0);
    device.atClose(() -> call("cudnnDestroy" + kind + "Descriptor", descriptor));
    return descriptor;
  }

  /** Calls a function that may find nothing. */
  int tryCall(String function, Object... arguments) {
    return library.call(function, arguments);
  }

  /** Whether the library has something for a call, and has queued it. */
  boolean queues(String function, Object... arguments) {
    int status = library.call(function, arguments);
    if (status >= NOT_SUPPORTED && status < INTERNAL_ERROR) {
      return false;
    }
    check(function, status);
    return true;
  }

  void call(String function, Object... arguments) {
    check(function, library.call(function, arguments));
  }

  private void check(String function, int status) {
    if (status != 0) {
      throw new CudaException(
          "%s: %s (%d); if it happens again, run with --device cpu"
              .formatted(
                  function, Slots.string(library.callLong("cudnnGetErrorString", status)), status));
    }
  }
}
