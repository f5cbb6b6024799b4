/** Tests of the kernels on the processor. */
@NullMarked
package brink.trainer.kernels.cpu;

import org.jspecify.annotations.NullMarked;
