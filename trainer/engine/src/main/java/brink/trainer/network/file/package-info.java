/** Networks that a user writes down in a small YAML or JSON file. */
@NullMarked
package brink.trainer.network.file;

import org.jspecify.annotations.NullMarked;
