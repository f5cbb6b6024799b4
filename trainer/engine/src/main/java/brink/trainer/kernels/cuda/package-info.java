/** Kernels on NVIDIA GPUs, by foreign-function calls to the driver, cuBLAS and cuDNN. */
@NullMarked
package brink.trainer.kernels.cuda;

import org.jspecify.annotations.NullMarked;
