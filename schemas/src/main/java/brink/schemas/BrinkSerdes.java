package brink.schemas;

import brink.v1.FlowFitted;
import brink.v1.GradientChunk;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RunEvent;
import brink.v1.RunNote;
import brink.v1.StepObserved;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** The serde of every topic's keys and values. */
public final class BrinkSerdes {
  private BrinkSerdes() {}

  /** Key of every topic: the run id in UTF-8. */
  public static Serde<String> runId() {
    return Serdes.String();
  }

  /** Values of {@link Topic#RUNS}. */
  public static ProtobufSerde<RunEvent> runs() {
    return new ProtobufSerde<>(RunEvent.getDescriptor(), RunEvent.parser());
  }

  /** Values of {@link Topic#STEPS}. */
  public static ProtobufSerde<StepObserved> steps() {
    return new ProtobufSerde<>(StepObserved.getDescriptor(), StepObserved.parser());
  }

  /** Values of {@link Topic#GRADIENTS}. */
  public static ProtobufSerde<GradientChunk> gradients() {
    return new ProtobufSerde<>(GradientChunk.getDescriptor(), GradientChunk.parser());
  }

  /** Values of {@link Topic#REGIMES}. */
  public static ProtobufSerde<RegimeChanged> regimes() {
    return new ProtobufSerde<>(RegimeChanged.getDescriptor(), RegimeChanged.parser());
  }

  /** Values of {@link Topic#FLOW}. */
  public static ProtobufSerde<FlowFitted> flow() {
    return new ProtobufSerde<>(FlowFitted.getDescriptor(), FlowFitted.parser());
  }

  /** Values of {@link Topic#REJECTED}. */
  public static ProtobufSerde<Rejected> rejected() {
    return new ProtobufSerde<>(Rejected.getDescriptor(), Rejected.parser());
  }

  /** Values of {@link Topic#NOTES}. */
  public static ProtobufSerde<RunNote> notes() {
    return new ProtobufSerde<>(RunNote.getDescriptor(), RunNote.parser());
  }
}
