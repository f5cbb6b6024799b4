/** Tests of requests and their options. */
@NullMarked
package brink.trainer.request;

import org.jspecify.annotations.NullMarked;
