/** Tests of the layer algebra. */
@NullMarked
package brink.trainer.network;

import org.jspecify.annotations.NullMarked;
