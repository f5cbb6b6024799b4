/** Tests of what a run publishes. */
@NullMarked
package brink.trainer.publish;

import org.jspecify.annotations.NullMarked;
