/** Tests of sweeps before anything is trained. */
@NullMarked
package brink.trainer.sweep;

import org.jspecify.annotations.NullMarked;
