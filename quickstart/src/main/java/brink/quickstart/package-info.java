/** Everything in one process: broker, trainer and monitor, behind the one program of Brink. */
@NullMarked
package brink.quickstart;

import org.jspecify.annotations.NullMarked;
