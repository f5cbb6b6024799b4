/**
 * What is asked of a run: {@link brink.trainer.request.RunRequest}, and the one declaration of each
 * of its options, from which the command line, the checks and the checkpoints take them.
 */
@NullMarked
package brink.trainer.request;

import org.jspecify.annotations.NullMarked;
