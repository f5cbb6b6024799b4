package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Convolution;
import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The convolutions of a device. cuDNN is loaded at the first one, since dense networks need none.
 */
final class Convolutions {
  private static final Logger log = LoggerFactory.getLogger(Convolutions.class);

  private final LibraryFolders folders;
  private final Device device;
  private final DeviceScratch scratch;
  private final CudaConvolution patches;
  private final Map<Arithmetic, CudaConvolution> best = new EnumMap<>(Arithmetic.class);
  private @Nullable CuDnn dnn;
  private Arithmetic arithmetic;

  Convolutions(
      LibraryFolders folders,
      Device device,
      DeviceScratch scratch,
      Arithmetic arithmetic,
      CudaConvolution patches) {
    this.folders = folders;
    this.device = device;
    this.scratch = scratch;
    this.arithmetic = arithmetic;
    this.patches = patches;
  }

  /** How convolutions are made from now on; of the same precision. */
  void set(Arithmetic other) {
    arithmetic = other;
  }

  void forward(Convolution shape, Tensor weights, Tensor input, double beta, Tensor output) {
    CudaTensor w = CudaTensor.of(weights);
    CudaTensor x = CudaTensor.of(input);
    CudaTensor y = CudaTensor.of(output);
    best().forward(ConvolutionSize.of(shape, w, x, y), w, x, beta, y);
  }

  void weightAdjoint(
      Convolution shape, Tensor input, Tensor outputAdjoint, double beta, Tensor weightAdjoint) {
    CudaTensor w = CudaTensor.of(weightAdjoint);
    CudaTensor x = CudaTensor.of(input);
    CudaTensor y = CudaTensor.of(outputAdjoint);
    best().weightAdjoint(ConvolutionSize.of(shape, w, x, y), x, y, beta, w);
  }

  void inputAdjoint(
      Convolution shape, Tensor weights, Tensor outputAdjoint, double beta, Tensor inputAdjoint) {
    CudaTensor w = CudaTensor.of(weights);
    CudaTensor x = CudaTensor.of(inputAdjoint);
    CudaTensor y = CudaTensor.of(outputAdjoint);
    best().inputAdjoint(ConvolutionSize.of(shape, w, x, y), w, y, beta, x);
  }

  /** cuDNN's in float32 where it is there, else products of patches. */
  private CudaConvolution best() {
    return best.computeIfAbsent(arithmetic, this::find);
  }

  private CudaConvolution find(Arithmetic wanted) {
    if (wanted.precision() == Precision.FLOAT32 && dnn == null) {
      dnn = open();
    }
    if (dnn == null) {
      return patches;
    }
    CudaConvolution found = new DnnConvolution(dnn, device, scratch, wanted, patches);
    return wanted == Arithmetic.BF16X9 ? new EmulatedConvolution(patches, found) : found;
  }

  /** A cuDNN that is not of this driver or lacks a part is as good as none. */
  private @Nullable CuDnn open() {
    try {
      return CuDnn.open(folders, device);
    } catch (CudaException e) {
      log.warn("convolutions on {} go without cuDNN: {}", device.info().id(), e.getMessage());
      return null;
    }
  }
}
