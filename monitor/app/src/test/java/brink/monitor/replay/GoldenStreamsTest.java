package brink.monitor.replay;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.contract.Statement;
import brink.monitor.contract.StepField;
import brink.monitor.records.RecordStore;
import brink.monitor.records.RunFile;
import brink.schemas.Topic;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import brink.v1.SharpnessPoint;
import brink.v1.StepObserved;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The streams of docs/streams: with every field left out once they give the verdicts that are
 * written beside them, and what {@link Statement} says can be said, and nothing else; what can
 * still be said is said.
 */
final class GoldenStreamsTest {
  private static final Path STREAMS = Path.of("../../docs/streams");
  private static final int STARTS_AND_ENDS = 2;

  @ParameterizedTest
  @ValueSource(strings = {"flowing", "thrown"})
  void verdicts_withEachFieldLeftOut_areThoseBesideTheStream(String name) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("all fields: " + verdicts(stream(name).replayed()));
    for (StepField field : StepField.values()) {
      lines.add("without " + field.label() + ": " + verdicts(without(name, field).replayed()));
    }

    assertThat(lines).isEqualTo(Files.readAllLines(STREAMS.resolve(name + ".verdicts")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flowing", "thrown"})
  void statements_withEachFieldLeftOut_areThoseThatTheContractAllows(String name) {
    Set<Statement> wholeSaid = said(stream(name).replayed());
    for (StepField field : StepField.values()) {
      CheckedStream stream = without(name, field);
      Set<Statement> said = said(stream.replayed());

      assertThat(said)
          .as("without " + field.label())
          .allMatch(statement -> statement.isPossibleWith(stream.fields().fields()));
      assertThat(wholeSaid)
          .as("without " + field.label())
          .allMatch(
              statement ->
                  said.contains(statement) || !statement.isPossibleWith(stream.fields().fields()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"flowing", "thrown"})
  void steps_withoutARequiredField_areRejectedAndNameIt(String name) {
    for (StepField field : StepField.REQUIRED) {
      CheckedStream stream = without(name, field);

      assertThat(stream.fields().steps()).isZero();
      assertThat(stream.replayed().rejected())
          .hasSize((int) stream.replayed().records() - STARTS_AND_ENDS)
          .extracting(Rejected::getReason)
          .containsOnly(RejectionReason.REJECTION_REASON_INVALID);
      assertThat(stream.replayed().rejected().getFirst().getDetail())
          .contains(field.label() + " is missing");
    }
  }

  private static CheckedStream stream(String name) {
    return check(file(name));
  }

  private static CheckedStream without(String name, StepField field) {
    RunFile file = file(name);
    RecordStore changed =
        (topic, action) ->
            file.read(
                topic,
                record -> action.accept(topic == Topic.STEPS ? without(record, field) : record));
    return new Replay(changed).check(file.runIds().getFirst());
  }

  private static CheckedStream check(RunFile file) {
    return new Replay(file).check(file.runIds().getFirst());
  }

  private static RunFile file(String name) {
    return RunFile.open(STREAMS.resolve(name + ".brink"));
  }

  private static ConsumerRecord<byte[], byte[]> without(
      ConsumerRecord<byte[], byte[]> record, StepField field) {
    try {
      byte[] value = field.without(StepObserved.parseFrom(record.value())).toByteArray();
      return new ConsumerRecord<>(
          record.topic(),
          record.partition(),
          record.offset(),
          record.timestamp(),
          record.timestampType(),
          record.serializedKeySize(),
          value.length,
          record.key(),
          value,
          record.headers(),
          record.leaderEpoch());
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For example {@code STABLE 9, EDGE 809 (803), ENDED 2399}: when, and the onset. */
  private static String verdicts(Replayed replayed) {
    return replayed.changes().isEmpty()
        ? "none"
        : replayed.changes().stream()
            .map(
                change ->
                    change.getTo().name().replace("REGIME_", "")
                        + " "
                        + change.getDetectedAtStep()
                        + (change.hasOnsetStep() ? " (" + change.getOnsetStep() + ")" : ""))
            .collect(Collectors.joining(", "));
  }

  private static Set<Statement> said(Replayed replayed) {
    return Stream.of(Statement.values())
        .filter(statement -> says(replayed, statement))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Statement.class)));
  }

  private static boolean says(Replayed replayed, Statement statement) {
    return switch (statement) {
      case DIVERGED, EXPLODED -> went(replayed, Regime.REGIME_DIVERGED);
      case EDGE -> went(replayed, Regime.REGIME_EDGE);
      case CATAPULT -> went(replayed, Regime.REGIME_CATAPULT);
      case CHAOTIC -> went(replayed, Regime.REGIME_CHAOTIC);
      case SETTLED -> went(replayed, Regime.REGIME_SETTLED);
      case FLOWING -> went(replayed, Regime.REGIME_FLOWING);
      case LEDGER ->
          replayed.changes().stream().anyMatch(each -> each.getEvidence().hasNormLedgerError());
      case STABILITY_RATIO ->
          replayed.changes().stream()
              .map(RegimeChanged::getEvidence)
              .anyMatch(
                  each ->
                      each.hasStabilityRatio()
                          && each.getPoint() != SharpnessPoint.SHARPNESS_POINT_UNSPECIFIED);
      case FORECAST -> fits(replayed, fit -> fit.getForecastsCount() > 0);
      case STEPS_TO_EDGE -> fits(replayed, FlowFitted::hasStepsToEdge);
      case NEXT_EIGENVALUE -> fits(replayed, FlowFitted::hasStepsToNextEigenvalue);
      case EXCESS_LOSS -> fits(replayed, FlowFitted::hasExcessLoss);
    };
  }

  private static boolean went(Replayed replayed, Regime regime) {
    return replayed.changes().stream().anyMatch(change -> change.getTo() == regime);
  }

  private static boolean fits(Replayed replayed, Predicate<FlowFitted> wanted) {
    return replayed.fits().stream().anyMatch(wanted);
  }
}
