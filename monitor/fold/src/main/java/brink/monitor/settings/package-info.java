/** Settings by name: reading, setting, checking and explaining the components of a record. */
@NullMarked
package brink.monitor.settings;

import org.jspecify.annotations.NullMarked;
