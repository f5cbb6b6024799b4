/** Full-batch gradient descent with weight decay. */
@NullMarked
package brink.trainer.descent;

import org.jspecify.annotations.NullMarked;
