/** Tests of the train command's parts. */
@NullMarked
package brink.trainer.cli;

import org.jspecify.annotations.NullMarked;
