/** What a person reads when files fail. */
@NullMarked
package brink.trainer.files;

import org.jspecify.annotations.NullMarked;
