/** Tests of the predicted flows. */
@NullMarked
package brink.trainer.flow;

import org.jspecify.annotations.NullMarked;
