/** Geometry of the sphere, eigensolver and sharpness probe. */
@NullMarked
package brink.trainer.curvature;

import org.jspecify.annotations.NullMarked;
