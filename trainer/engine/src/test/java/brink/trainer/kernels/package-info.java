/** What every implementation of the kernels has to meet. */
@NullMarked
package brink.trainer.kernels;

import org.jspecify.annotations.NullMarked;
