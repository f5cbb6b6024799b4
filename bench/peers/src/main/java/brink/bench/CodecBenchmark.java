package brink.bench;

import brink.bench.rows.BnLinearRun;
import brink.monitor.run.RunFold;
import brink.monitor.run.RunState;
import brink.monitor.run.RunStateCodec;
import brink.schemas.BrinkSerdes;
import brink.v1.StepObserved;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a step costs on the wire, and the state of its run in the monitor's store. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBenchmark {
  private final Serializer<StepObserved> serializer = BrinkSerdes.steps().serializer();
  private final Deserializer<StepObserved> deserializer = BrinkSerdes.steps().deserializer();
  private final StepObserved step;
  private final byte[] stepBytes;
  private final RunState state;
  private final byte[] stateBytes;

  /** Takes the last step of a run, and the state after it: as full as they get. */
  public CodecBenchmark() {
    BnLinearRun run = BnLinearRun.record();
    RunFold fold = new RunFold();
    RunState last = fold.start(run.started());
    for (StepObserved observed : run.steps()) {
      last = fold.step(last, observed).state();
    }
    state = last;
    stateBytes = RunStateCodec.encode(state);
    step = run.steps().getLast();
    stepBytes = serializer.serialize("brink.steps", step);
  }

  /** A step to bytes. */
  @Benchmark
  public byte[] encodeStep() {
    // As the producer does: a message that was built anew has no cached size.
    return serializer.serialize("brink.steps", step.toBuilder().build());
  }

  /** Bytes to a step. */
  @Benchmark
  public StepObserved decodeStep() {
    return deserializer.deserialize("brink.steps", stepBytes);
  }

  /** A run's state to bytes. */
  @Benchmark
  public byte[] encodeState() {
    return RunStateCodec.encode(state);
  }

  /** Bytes to a run's state. */
  @Benchmark
  public RunState decodeState() {
    return RunStateCodec.decode(stateBytes);
  }
}
