/** What the parts of a run remember from one step to the next, by name. */
@NullMarked
package brink.trainer.state;

import org.jspecify.annotations.NullMarked;
