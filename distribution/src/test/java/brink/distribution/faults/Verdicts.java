package brink.distribution.faults;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.catalogue.TopicReader;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.StepObserved;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What Kafka holds of a run, without its id: of runs of one trajectory it is the same to the byte,
 * whatever happened while they went on.
 *
 * @param regimes in the order of their detection
 * @param flow likewise
 */
record Verdicts(List<RegimeChanged> regimes, List<FlowFitted> flow) {
  private static final Set<Regime> INTERRUPTIONS =
      Set.of(Regime.REGIME_STALLED, Regime.REGIME_ENDED);

  /** Verdicts on a run. */
  static Verdicts of(String servers, String run) {
    List<RegimeChanged> regimes = new ArrayList<>();
    for (RegimeChanged change : read(servers, run, Topic.REGIMES, RegimeChanged.parser())) {
      regimes.add(change.toBuilder().clearRunId().build());
    }
    List<FlowFitted> flow = new ArrayList<>();
    for (FlowFitted fit : read(servers, run, Topic.FLOW, FlowFitted.parser())) {
      flow.add(fit.toBuilder().clearRunId().build());
    }
    return new Verdicts(regimes, flow);
  }

  /** How often the run came to a regime. */
  long times(Regime regime) {
    return regimes.stream().filter(change -> change.getTo() == regime).count();
  }

  /**
   * The verdicts without those that the run was silent, or ended before its last end, and went on.
   */
  Verdicts withoutInterruptions() {
    List<RegimeChanged> kept = new ArrayList<>(regimes.subList(0, regimes.size() - 1));
    kept.removeIf(Verdicts::isOfInterruption);
    kept.add(regimes.getLast());
    return new Verdicts(kept, flow);
  }

  private static boolean isOfInterruption(RegimeChanged change) {
    return INTERRUPTIONS.contains(change.getFrom()) || INTERRUPTIONS.contains(change.getTo());
  }

  /** Every step of a run is there once and in order; nothing of any run was rejected. */
  static void assertComplete(String servers, String run, long steps) {
    assertThat(read(servers, run, Topic.STEPS, StepObserved.parser()))
        .extracting(StepObserved::getStep)
        .containsExactlyElementsOf(LongStream.range(0, steps).boxed().toList());
    try (TopicReader rejected = TopicReader.open(KafkaSettings.of(servers), Topic.REJECTED)) {
      rejected.readToEnd(
          record ->
              assertThat(record)
                  .withFailMessage(
                      () -> "rejected: " + new String(record.value(), StandardCharsets.UTF_8))
                  .isNull());
    }
  }

  private static <T> List<T> read(String servers, String run, Topic topic, Parser<T> parser) {
    byte[] key = run.getBytes(StandardCharsets.UTF_8);
    List<T> found = new ArrayList<>();
    try (TopicReader reader = TopicReader.open(KafkaSettings.of(servers), topic)) {
      reader.readToEnd(
          record -> {
            if (Arrays.equals(record.key(), key)) {
              try {
                found.add(parser.parseFrom(record.value()));
              } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
              }
            }
          });
    }
    return found;
  }
}
