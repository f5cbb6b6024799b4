package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Precision;
import org.jspecify.annotations.Nullable;

/**
 * The convolutions of a device. cuDNN is loaded at the first one, since dense networks need none.
 */
final class Convolutions {
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
    CuDnn dnn = arithmetic.precision() == Precision.FLOAT32 ? CuDnn.open(folders, device) : null;
    if (dnn == null) {
      return patches;
    }
    CudaConvolution best = new DnnConvolution(dnn, device, scratch, arithmetic, patches);
    return arithmetic == Arithmetic.BF16X9 ? new EmulatedConvolution(patches, best) : best;
  }
}
