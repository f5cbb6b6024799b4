/** The demo: broker, monitor and trainer in one process. */
@NullMarked
package brink.distribution.demo;

import org.jspecify.annotations.NullMarked;
