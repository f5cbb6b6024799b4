/** Tests of the fold, on streams of a small simulator. */
@NullMarked
package brink.monitor.run;

import org.jspecify.annotations.NullMarked;
