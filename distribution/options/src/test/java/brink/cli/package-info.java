/** Tests of the options that all commands share. */
@NullMarked
package brink.cli;

import org.jspecify.annotations.NullMarked;
