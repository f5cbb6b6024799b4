/** The kinds of problem that Brink builds from data, and how each is run unless told otherwise. */
@NullMarked
package brink.trainer.problem;

import org.jspecify.annotations.NullMarked;
