/** Tests of sweeps as a person starts them. */
@NullMarked
package brink.distribution.sweep;

import org.jspecify.annotations.NullMarked;
