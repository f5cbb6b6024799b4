/** Tests of random streams. */
@NullMarked
package brink.trainer.random;

import org.jspecify.annotations.NullMarked;
