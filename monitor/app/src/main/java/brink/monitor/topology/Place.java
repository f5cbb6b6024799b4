package brink.monitor.topology;

import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Where a record lies that is no longer being processed. */
record Place(String topic, int partition, long offset) implements RecordMetadata {}
