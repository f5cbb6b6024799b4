@NullMarked
package brink.trainer.files;

import org.jspecify.annotations.NullMarked;
