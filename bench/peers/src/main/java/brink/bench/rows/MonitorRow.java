package brink.bench.rows;

import brink.bench.report.Line;
import brink.bench.report.Target;
import brink.bench.report.Unit;
import brink.bench.statistics.SampleSpread;
import brink.schemas.KafkaSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The monitor at saturation, beside a loop that reads and decodes the same records and does nothing
 * with them, and beside Kafka Streams that does the same, which bounds what any fold can reach: the
 * broker in a JVM of its own, all contenders in this one, in turn.
 */
final class MonitorRow implements Row {
  private static final int WARMUPS = 1;
  private static final double HALF = 0.5;

  @Override
  public String name() {
    return "monitor";
  }

  @Override
  public String title(Conditions conditions) {
    return "monitor at saturation, %,d recorded steps, beside a bare loop that decodes them"
        .formatted(events(conditions));
  }

  @Override
  public boolean needsPeer() {
    return false;
  }

  @Override
  public List<String> jvmOptions() {
    return List.of("-Xmx2g");
  }

  private static int events(Conditions conditions) {
    return conditions.choose(600_000, 60_000);
  }

  @Override
  public List<Line> measure(Conditions conditions, Consumer<String> progress) throws Exception {
    progress.accept("recording a run");
    BnLinearRun template = BnLinearRun.record();
    List<Line> lines = new ArrayList<>();
    for (int runs : new int[] {100, 1_000, 5_000}) {
      RecordedRuns recorded = new RecordedRuns(runs, events(conditions) / runs);
      try (BrokerProcess broker = BrokerProcess.start()) {
        progress.accept("publishing %,d runs".formatted(runs));
        KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
        recorded.publish(kafka, template);
        lines.addAll(compare(recorded, kafka, conditions.choose(5, 2), progress));
      }
    }
    return lines;
  }

  private static List<Line> compare(
      RecordedRuns recorded, KafkaSettings kafka, int rounds, Consumer<String> progress)
      throws Exception {
    List<Throughput> bare = new ArrayList<>();
    List<Throughput> streams = new ArrayList<>();
    List<Throughput> monitor = new ArrayList<>();
    for (int round = 0; round < WARMUPS + rounds; round++) {
      progress.accept(
          "%,d runs, round %d of %d".formatted(recorded.runs(), round + 1, WARMUPS + rounds));
      Throughput first = Consumption.decoded(kafka, recorded.events());
      Throughput second = Consumption.streamed(kafka, recorded.events(), "decoding-" + round);
      Throughput third = Consumption.monitored(kafka, recorded.events(), "bench-" + round);
      if (round >= WARMUPS) {
        bare.add(first);
        streams.add(second);
        monitor.add(third);
      }
    }
    return lines(recorded.runs(), bare, streams, monitor);
  }

  private static List<Line> lines(
      int runs, List<Throughput> bare, List<Throughput> streams, List<Throughput> monitor) {
    String of = "%,d runs: ".formatted(runs);
    return List.of(
        Line.information(
            of + "the monitor", spread(monitor, Throughput::perSecond), Unit.PER_SECOND),
        Line.information(
            of + "processor time of the monitor, an event",
            spread(monitor, Throughput::processorSecondsAnEvent),
            Unit.MICROSECONDS),
        Line.information(
            of + "processor time of the bare loop, an event",
            spread(bare, Throughput::processorSecondsAnEvent),
            Unit.MICROSECONDS),
        Line.information(
            of + "rate of Kafka Streams that only decodes, over the bare loop's",
            rate(streams, bare),
            Unit.RATIO),
        Line.information(
            of + "bare loop's processor time over that of Kafka Streams that only decodes",
            processor(streams, bare),
            Unit.RATIO),
        Line.measurement(
            of + "rate over the bare loop's",
            rate(monitor, bare),
            Unit.RATIO,
            Target.atLeast(HALF)),
        Line.measurement(
            of + "bare loop's processor time over the monitor's",
            processor(monitor, bare),
            Unit.RATIO,
            Target.atLeast(HALF)));
  }

  private static SampleSpread rate(List<Throughput> measured, List<Throughput> bare) {
    return pairs(measured, bare, (one, unit) -> one.perSecond() / unit.perSecond());
  }

  private static SampleSpread processor(List<Throughput> measured, List<Throughput> bare) {
    return pairs(measured, bare, (one, unit) -> unit.processorSeconds() / one.processorSeconds());
  }

  private static SampleSpread pairs(
      List<Throughput> measured,
      List<Throughput> bare,
      ToDoubleBiFunction<Throughput, Throughput> value) {
    return SampleSpread.of(
        IntStream.range(0, bare.size())
            .mapToDouble(i -> value.applyAsDouble(measured.get(i), bare.get(i)))
            .toArray());
  }

  private static SampleSpread spread(
      List<Throughput> measured, ToDoubleFunction<Throughput> value) {
    return SampleSpread.of(measured.stream().mapToDouble(value).toArray());
  }
}
