/** Tests of the kernels on GPUs, on an emulated one. */
@NullMarked
package brink.trainer.kernels.cuda;

import org.jspecify.annotations.NullMarked;
