@NullMarked
package brink.trainer.checkpoint;

import org.jspecify.annotations.NullMarked;
