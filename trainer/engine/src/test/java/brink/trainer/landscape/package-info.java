/** Tests of losses and their derivatives. */
@NullMarked
package brink.trainer.landscape;

import org.jspecify.annotations.NullMarked;
