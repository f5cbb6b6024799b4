/** What the command lines of trainer, monitor and distribution share: options, values, errors. */
@NullMarked
package brink.cli;

import org.jspecify.annotations.NullMarked;
