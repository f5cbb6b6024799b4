package brink.monitor.report;

import static brink.monitor.report.Messages.agreeing;
import static brink.monitor.report.Messages.edge;
import static brink.monitor.report.Messages.step;
import static brink.v1.SharpnessPoint.SHARPNESS_POINT_ITERATE;
import static brink.v1.SharpnessPoint.SHARPNESS_POINT_MIDPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import brink.v1.FlowKind;
import brink.v1.Prediction;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import brink.v1.StepObserved;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunReportTest {
  private static final String NO_AGREEMENT =
      "G² 3 ways    no fit had all three with errors below 2 % while G² > 0.1";

  private static List<String> lines(List<StepObserved> steps, RegimeChanged... changes) {
    return new RunReport(steps, List.of(changes), List.of(), 0).lines();
  }

  /** η̃λ₁ alternates about 2. */
  private static List<StepObserved> steps(long count) {
    return LongStream.range(0, count)
        .mapToObj(t -> step(t, SHARPNESS_POINT_ITERATE, t % 2 == 0 ? 2.25 : 1.75))
        .toList();
  }

  @Test
  void lines_withWeightDecay_sayWhatTheoryLeavesOpen() {
    List<StepObserved> decaying =
        steps(1_000).stream().map(s -> s.toBuilder().setWeightDecay(4e-4).build()).toList();

    assertThat(lines(decaying, edge(52).setOnsetStep(50).build()))
        .anyMatch(line -> line.endsWith("theory: 2 + O(η_in), η_in = 2.0e-04)"));
  }

  @Test
  void lines_wholeRun_sayEdgeSharpnessAndAgreement() {
    RegimeChanged entry = edge(52).setOnsetStep(50).setOnsetLow(48).setOnsetHigh(51).build();
    RunReport report =
        new RunReport(steps(1_000), List.of(entry), List.of(agreeing(4, 4, 4.5, 0.01)), 0);
    assertThat(report.lines())
        .containsExactly(
            "edge         entered at step 50 (95 %: 48 to 51), detected at 52",
            "η̃λ₁ at edge  2.000 ± 0 (mean of adjacent pairs at the iterates, last 50 pairs;"
                + " theory: 2)",
            "sharpness    2.250 at entry, 1.750 at the end (0.78 times)",
            "G² 3 ways    differ by 12.0 % at most, 12.0 % in the median, over 1 fits with G² > 0.1"
                + " and errors below 2 %");
  }

  @Test
  void lines_neverAtTheEdge_sayWhatTheRatioDid() {
    assertThat(lines(steps(1_500)))
        .containsExactly(
            "edge         not reached within 1500 steps",
            "s = η̃λ₁/2     above 1 at 750 of 1,500 measured steps, first at step 0, but without"
                + " the lasting oscillation of the edge; 0.875 at the end");
    assertThat(lines(List.of(step(0, SHARPNESS_POINT_ITERATE, 0.5))))
        .last()
        .asString()
        .contains("0.250 at the end, never above 1");
    assertThat(lines(List.of())).containsExactly("edge         not reached within 0 steps");
  }

  @Test
  void lines_notScaleInvariant_saySoAndAdviseNoMoreSteps() {
    RegimeChanged stable =
        edge(52).setTo(Regime.REGIME_STABLE).setScaleInvarianceLostAtStep(0).build();
    List<StepObserved> steps =
        List.of(step(60, SHARPNESS_POINT_ITERATE, 0.5).toBuilder().setWeightDecay(1e-3).build());
    assertThat(lines(steps, stable))
        .first()
        .isEqualTo(
            "invariance   the loss is not scale-invariant: what is said of edge and flow is an"
                + " approximation at best");
    assertThat(lines(steps, stable))
        .last()
        .asString()
        .endsWith("without scale invariance weight decay need not drive it to the edge");
    RegimeChanged lost = stable.toBuilder().setScaleInvarianceLostAtStep(12_000).build();
    assertThat(lines(steps, lost)).first().asString().contains("since step 12,000: ");
  }

  @Test
  void lines_predictedFlows_sayHowFarTrainingWas() {
    List<StepObserved> steps =
        LongStream.range(0, 3)
            .mapToObj(
                t ->
                    step(t)
                        .addPredictions(
                            Prediction.newBuilder()
                                .setKind(FlowKind.FLOW_KIND_CENTRAL_FLOW)
                                .setDistance(0.01 * (t + 1))
                                .setEnded(t == 2 ? "λ₁ and λ₂ meet" : ""))
                        .build())
            .toList();
    assertThat(lines(steps, edge(52).build()))
        .contains(
            "predicted    central flow: 0.020 rad from training in the median, 0.030 at most, over"
                + " 3 predictions; ended: λ₁ and λ₂ meet");
  }

  @Test
  void lines_stepsGone_tellTheVerdictsAlone() {
    assertThat(lines(List.of(), edge(52).build()))
        .containsExactly("edge         entered, detected at 52", NO_AGREEMENT);
  }

  @Test
  void lines_onsetWithoutInterval_inventNone() {
    assertThat(lines(List.of(), edge(52).setOnsetStep(50).build()))
        .first()
        .isEqualTo("edge         entered at step 50, detected at 52");
  }

  @Test
  void lines_sharpnessNeverMeasured_leaveItOut() {
    List<StepObserved> steps = LongStream.range(0, 100).mapToObj(t -> step(t).build()).toList();
    assertThat(lines(steps, edge(52).build()))
        .containsExactly("edge         entered, detected at 52", NO_AGREEMENT);
  }

  @Test
  void lines_sharpnessNowAndThen_compareTheMeasuredOnes() {
    List<StepObserved> steps =
        List.of(
            step(0, SHARPNESS_POINT_MIDPOINT, 9),
            step(52).build(),
            step(53, SHARPNESS_POINT_MIDPOINT, 4),
            step(54, SHARPNESS_POINT_MIDPOINT, 2),
            step(55).build());
    assertThat(lines(steps, edge(52).build()))
        .contains("sharpness    4.000 at entry, 2.000 at the end (0.50 times)");
  }

  @Test
  void edgePairs_runThatLeftTheEdge_areNone() {
    RegimeChanged left = edge(60).setFrom(Regime.REGIME_EDGE).setTo(Regime.REGIME_STABLE).build();
    RunReport report = new RunReport(steps(100), List.of(edge(52).build(), left), List.of(), 0);
    assertThat(report.edgePairs()).isEmpty();
    assertThat(report.lines()).noneMatch(line -> line.startsWith("η̃λ₁ at edge"));
  }

  @Test
  void edgePairs_midpointsOnly_takesThem() {
    List<StepObserved> steps =
        LongStream.range(0, 100).mapToObj(t -> step(t, SHARPNESS_POINT_MIDPOINT, 2)).toList();
    assertThat(new RunReport(steps, List.of(edge(52).build()), List.of(), 0).edgePairs())
        .contains(new EdgePairs(SHARPNESS_POINT_MIDPOINT, 5, 2, 0));
  }
}
