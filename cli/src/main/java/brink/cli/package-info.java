/** Command-line options that the trainer's and the monitor's commands share. */
@NullMarked
package brink.cli;

import org.jspecify.annotations.NullMarked;
