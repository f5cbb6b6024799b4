@NullMarked
package brink.monitor.text;

import org.jspecify.annotations.NullMarked;
