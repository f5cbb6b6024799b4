/** Tests of networks in files. */
@NullMarked
package brink.trainer.network.file;

import org.jspecify.annotations.NullMarked;
