/** Raw records out of Kafka, within bounded memory whatever they hold. */
@NullMarked
package brink.monitor.intake;

import org.jspecify.annotations.NullMarked;
