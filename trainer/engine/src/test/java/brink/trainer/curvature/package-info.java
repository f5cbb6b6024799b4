/** Tests of geometry and eigensolvers. */
@NullMarked
package brink.trainer.curvature;

import org.jspecify.annotations.NullMarked;
