/** Data sets: where they come from, how they are split and standardized. */
@NullMarked
package brink.trainer.data;

import org.jspecify.annotations.NullMarked;
