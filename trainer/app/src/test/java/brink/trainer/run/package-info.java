/** Tests of plans, checkpoints and runs. */
@NullMarked
package brink.trainer.run;

import org.jspecify.annotations.NullMarked;
