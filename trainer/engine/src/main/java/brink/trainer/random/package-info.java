/** Reproducible random numbers. */
@NullMarked
package brink.trainer.random;

import org.jspecify.annotations.NullMarked;
