package brink.monitor.cli;

import static brink.v1.Regime.REGIME_EDGE;
import static brink.v1.Regime.REGIME_FLOWING;
import static brink.v1.Regime.REGIME_STABLE;
import static brink.v1.Regime.REGIME_STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.replay.AlignedChange;
import brink.monitor.replay.Replayed;
import brink.monitor.replay.Stay;
import brink.monitor.replay.Verification;
import brink.monitor.replay.WhatIf;
import brink.monitor.run.FoldSettings;
import brink.v1.FlowFitted;
import brink.v1.Forecast;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhatIfTextTest {
  private static final RegimeChanged STABLE = change(REGIME_STARTING, REGIME_STABLE, 20, 0);
  private static final RegimeChanged EDGE = change(REGIME_STABLE, REGIME_EDGE, 308, 300);
  private static final RegimeChanged FLOWING = change(REGIME_EDGE, REGIME_FLOWING, 900, 890);

  @Test
  void lines_ofTheSameVerdicts_sayThatTheyAreTheSame() {
    assertThat(text(new AlignedChange(STABLE, STABLE), new AlignedChange(EDGE, EDGE)))
        .anyMatch(line -> line.matches("EDGE +step 308, onset 300 +step 308, onset 300 +same"))
        .endsWith("the verdicts are the same");
  }

  @Test
  void lines_ofOtherVerdicts_sayWhatDiffersAndCountIt() {
    RegimeChanged later = change(REGIME_STARTING, REGIME_EDGE, 316, 299);
    assertThat(
            text(
                new AlignedChange(STABLE, null),
                new AlignedChange(EDGE, later),
                new AlignedChange(null, FLOWING)))
        .anyMatch(line -> line.matches("STABLE +step 20, onset 0 +- +only with the baseline"))
        .anyMatch(line -> line.matches("FLOWING +- .*only with the changed settings"))
        .anyMatch(
            line ->
                line.endsWith(
                    "out of STARTING instead of STABLE, 8 steps later, onset 1 step earlier"))
        .endsWith(
            "differ: of 3 regime changes 1 changed (by 8 steps at most), 1 only with the baseline,"
                + " 1 only with the changed settings");
  }

  @Test
  void lines_ofAnotherIntervalOnly_sayThat() {
    RegimeChanged wider = EDGE.toBuilder().setOnsetLow(250).setOnsetHigh(301).build();
    assertThat(text(new AlignedChange(EDGE, wider)))
        .anyMatch(line -> line.endsWith("another onset interval or episode"))
        .endsWith("differ: of 1 regime changes 1 changed");
  }

  @Test
  void lines_ofTheWholeRun_compareRegimesAlertsAndForecasts() {
    assertThat(text(new AlignedChange(EDGE, EDGE)))
        .anyMatch(line -> line.matches("EDGE +100 steps, flow time 0.250 +1 step, flow time 0.003"))
        .anyMatch(
            line -> line.matches("SETTLED +2 steps, flow time 0.005 +0 steps, flow time 0.000"))
        .anyMatch(
            line ->
                line.matches("alerting changes +1 to EDGE, CATAPULT, CHAOTIC or DIVERGED +0 to .*"))
        .anyMatch(
            line ->
                line.matches(
                    "forecasts +1 for 0.5 units ahead, off by 10.00 % \\(median; worst 10.00"
                        + " %\\) +none whose time came"));
  }

  @Test
  void json_ofBothSides_namesVersionsAndChanges() {
    String json =
        WhatIfJson.of(whatIf(List.of(new AlignedChange(EDGE, null))), new Verification.Same(2))
            .toString();
    assertThat(json)
        .contains("\"run_id\":\"run-a\"", "\"same\":false", "\"record\":\"SAME\"")
        .contains("+detector.startSamples=16\"", "\"settings\":{\"detector.startSamples\":\"16\"}")
        .contains("\"REGIME_EDGE\":{\"steps\":\"100\",\"flow_time\":0.25}")
        .contains("\"regime_changes\":[{\"same\":false,\"baseline\":{")
        .doesNotContain("\"changed\":{\"run_id\"");
  }

  private static List<String> text(AlignedChange... rows) {
    return new WhatIfText(whatIf(List.of(rows))).lines();
  }

  private static WhatIf whatIf(List<AlignedChange> rows) {
    Replayed baseline =
        replayed(
            Map.of(),
            List.of(STABLE, EDGE),
            List.of(fit(1, 10), fit(1.5, 8)),
            Map.of(REGIME_EDGE, new Stay(100, 0.25), Regime.REGIME_SETTLED, new Stay(2, 0.005)));
    Replayed changed =
        replayed(
            Map.of("detector.startSamples", "16"),
            List.of(STABLE),
            List.of(),
            Map.of(REGIME_EDGE, new Stay(1, 0.0025)));
    return new WhatIf(baseline, changed, rows);
  }

  private static Replayed replayed(
      Map<String, String> settings,
      List<RegimeChanged> changes,
      List<FlowFitted> fits,
      Map<Regime, Stay> stays) {
    FoldSettings fold = FoldSettings.defaults().with(settings);
    return new Replayed("run-a", fold, changes, fits, stays, List.of(), 0, Map.of(), null);
  }

  private static FlowFitted fit(double flowTime, double sharpness) {
    return FlowFitted.newBuilder()
        .setFlowTime(flowTime)
        .setSharpness(sharpness)
        .addForecasts(Forecast.newBuilder().setHorizon(0.5).setSharpness(8.8))
        .build();
  }

  private static RegimeChanged change(Regime from, Regime to, long step, long onset) {
    return RegimeChanged.newBuilder()
        .setRunId("run-a")
        .setFrom(from)
        .setTo(to)
        .setDetectedAtStep(step)
        .setOnsetStep(onset)
        .build();
  }
}
