package brink.monitor.topology;

import brink.schemas.Topic;
import brink.v1.Rejected;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

/**
 * What happens when Kafka refuses an output: nothing is left out. A refused record spoils the whole
 * transaction, so that going on would lose the verdicts in it; the transaction is aborted, the
 * thread replaced, and its input read again. Only then a rejection that was too large is written in
 * brief, so that the same does not happen for ever. It is public because Kafka Streams makes it.
 */
public final class RefusedOutput extends DefaultProductionExceptionHandler {
  private Setbacks setbacks = new Setbacks();

  @Override
  public void configure(Map<String, ?> configs) {
    super.configure(configs);
    setbacks = Setbacks.of(configs);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception failure) {
    if (failure instanceof RecordTooLargeException
        && record.topic().equals(Topic.REJECTED.topicName())) {
      remember(record.value());
    }
    return super.handleError(context, record, failure);
  }

  private void remember(byte[] rejected) {
    try {
      setbacks.refused(Rejected.parseFrom(rejected));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("brink.rejected was sent something else", e);
    }
  }
}
