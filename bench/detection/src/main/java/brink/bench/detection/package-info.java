/**
 * The detector measured on a corpus of labelled runs: recorded by the trainer, labelled by a rule
 * that sees the whole record, and folded by the monitor in several views of what a producer may
 * publish.
 */
@NullMarked
package brink.bench.detection;

import org.jspecify.annotations.NullMarked;
