/** Tests of the options that all commands share. */
@NullMarked
package brink.schemas.cli;

import org.jspecify.annotations.NullMarked;
