/** Tests of the descent loop. */
@NullMarked
package brink.trainer.descent;

import org.jspecify.annotations.NullMarked;
