/** The demo: broker, monitor and trainer in one process. */
@NullMarked
package brink.quickstart.demo;

import org.jspecify.annotations.NullMarked;
