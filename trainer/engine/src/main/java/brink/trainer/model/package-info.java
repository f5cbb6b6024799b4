/** Networks that another library has saved, and how a library that reads them plugs in. */
@NullMarked
package brink.trainer.model;

import org.jspecify.annotations.NullMarked;
