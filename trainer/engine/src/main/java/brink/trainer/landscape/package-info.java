/** Losses as functions of the weights: value, gradient and exact Hessian-vector products. */
@NullMarked
package brink.trainer.landscape;

import org.jspecify.annotations.NullMarked;
