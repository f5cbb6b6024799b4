/** Everything in one process: broker, trainer and monitor, behind the one program of Brink. */
@NullMarked
package brink.distribution;

import org.jspecify.annotations.NullMarked;
