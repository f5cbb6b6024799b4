/**
 * The trajectories that theory predicts for gradient descent, integrated beside it on small
 * problems: the sharpness-reduction flow and the central flow.
 */
@NullMarked
package brink.trainer.flow;

import org.jspecify.annotations.NullMarked;
