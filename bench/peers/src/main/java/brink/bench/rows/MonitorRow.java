package brink.bench.rows;

import brink.bench.report.Line;
import brink.bench.report.Target;
import brink.bench.report.Unit;
import brink.bench.statistics.Spread;
import brink.schemas.KafkaSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The monitor at saturation, beside a loop that reads and decodes the same records and does nothing
 * with them: the broker in a JVM of its own, both contenders in this one, in turn.
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
    List<Throughput> monitor = new ArrayList<>();
    for (int round = 0; round < WARMUPS + rounds; round++) {
      progress.accept(
          "%,d runs, round %d of %d".formatted(recorded.runs(), round + 1, WARMUPS + rounds));
      Throughput first = Consumption.decoded(kafka, recorded.events());
      Throughput second = Consumption.monitored(kafka, recorded.events(), "bench-" + round);
      if (round >= WARMUPS) {
        bare.add(first);
        monitor.add(second);
      }
    }
    return lines(recorded.runs(), bare, monitor);
  }

  private static List<Line> lines(int runs, List<Throughput> bare, List<Throughput> monitor) {
    String of = "%,d runs: ".formatted(runs);
    double[] rates = new double[bare.size()];
    double[] processor = new double[bare.size()];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = monitor.get(i).perSecond() / bare.get(i).perSecond();
      processor[i] = bare.get(i).processorSeconds() / monitor.get(i).processorSeconds();
    }
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
        Line.measurement(
            of + "rate over the bare loop's", Spread.of(rates), Unit.RATIO, Target.atLeast(HALF)),
        Line.measurement(
            of + "bare loop's processor time over the monitor's",
            Spread.of(processor),
            Unit.RATIO,
            Target.atLeast(HALF)));
  }

  private static Spread spread(
      List<Throughput> measured, java.util.function.ToDoubleFunction<Throughput> value) {
    return Spread.of(measured.stream().mapToDouble(value).toArray());
  }
}
