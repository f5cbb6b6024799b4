package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Precision;
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
  private final Scratch scratch;
  private final Arithmetic arithmetic;
  private final CudaConvolution patches;
  private @Nullable CudaConvolution best;

  Convolutions(
      LibraryFolders folders,
      Device device,
      Scratch scratch,
      Arithmetic arithmetic,
      CudaConvolution patches) {
    this.folders = folders;
    this.device = device;
    this.scratch = scratch;
    this.arithmetic = arithmetic;
    this.patches = patches;
  }

  /** cuDNN's in float32 where it is there, else products of patches. */
  CudaConvolution best() {
    if (best == null) {
      best = find();
    }
    return best;
  }

  private CudaConvolution find() {
    CuDnn dnn = arithmetic.precision() == Precision.FLOAT32 ? open() : null;
    return dnn == null ? patches : new DnnConvolution(dnn, device, scratch, arithmetic, patches);
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
