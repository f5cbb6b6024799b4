/** Bytes of the folds' state: fixed order, fixed width, bit for bit. Pure. */
@NullMarked
package brink.monitor.state;

import org.jspecify.annotations.NullMarked;
