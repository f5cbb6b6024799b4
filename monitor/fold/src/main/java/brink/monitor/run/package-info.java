/** The fold of one run: validation, regime and flow of each step, composed. Pure. */
@NullMarked
package brink.monitor.run;

import org.jspecify.annotations.NullMarked;
