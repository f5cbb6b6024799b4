/** Tests of the kinds of problem. */
@NullMarked
package brink.trainer.problem;

import org.jspecify.annotations.NullMarked;
