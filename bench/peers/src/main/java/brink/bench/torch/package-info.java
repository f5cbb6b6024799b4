/**
 * The peer: the same networks on libtorch, written as researchers write them, with gradients and
 * Hessian-vector products by its automatic differentiation.
 */
@NullMarked
package brink.bench.torch;

import org.jspecify.annotations.NullMarked;
