/** Kernels on off-heap memory, fused Java loops and OpenBLAS. */
@NullMarked
package brink.trainer.kernels.cpu;

import org.jspecify.annotations.NullMarked;
