/** Runs: from a request to a plan, and from a plan to a run that trains and publishes. */
@NullMarked
package brink.trainer.run;

import org.jspecify.annotations.NullMarked;
