/** The train command: options to a problem, a run and its progress. */
@NullMarked
package brink.trainer.cli;

import org.jspecify.annotations.NullMarked;
