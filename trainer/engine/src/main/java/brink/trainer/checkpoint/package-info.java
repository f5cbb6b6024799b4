/** Checkpoints on disk: everything that a run needs to go on, bit for bit. */
@NullMarked
package brink.trainer.checkpoint;

import org.jspecify.annotations.NullMarked;
