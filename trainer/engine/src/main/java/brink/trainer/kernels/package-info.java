/** Dense linear algebra and fused normalization passes, as an interface that devices implement. */
@NullMarked
package brink.trainer.kernels;

import org.jspecify.annotations.NullMarked;
