/** Sweeps: from lists of settings to many runs that share one process, and can go on together. */
@NullMarked
package brink.trainer.sweep;

import org.jspecify.annotations.NullMarked;
