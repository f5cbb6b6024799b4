/**
 * Networks as chains of layers with four passes each, written once over the kernels of any device:
 * loss, gradient and exact Hessian-vector products (Pearlmutter, "Fast exact multiplication by the
 * Hessian", 1994).
 */
@NullMarked
package brink.trainer.network;

import org.jspecify.annotations.NullMarked;
