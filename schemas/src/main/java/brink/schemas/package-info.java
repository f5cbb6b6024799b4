/** The topic catalogue, Kafka client settings and serdes that every part of Brink shares. */
@NullMarked
package brink.schemas;

import org.jspecify.annotations.NullMarked;
