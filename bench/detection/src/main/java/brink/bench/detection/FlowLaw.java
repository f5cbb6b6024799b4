package brink.bench.detection;

import brink.v1.Sharpness;
import brink.v1.StepObserved;
import java.util.Arrays;

/**
 * Where sharpness falls as the sharpness-reduction flow has it, by a rule that sees the future:
 * over {@value #REACH} units of flow time on both sides, the slope of log λ₁ is within {@value
 * #TOLERANCE} of −(2G² − 4U)/(4 + G²), with G² and the part U of the loss's own slope as the
 * trainer measured them there, and that is no rest. Where several eigenvalues stand at the
 * threshold, G² is that of all of them together.
 */
final class FlowLaw {
  /** Half of the width over which is looked, units of flow time. */
  static final double REACH = 0.1;

  /** Relative. */
  static final double TOLERANCE = 0.1;

  /** Change of log λ₁ in a unit of flow time below which sharpness rests: the monitor's bound. */
  static final double REST = 0.1;

  private final Trace trace;
  private final double[] rates;

  /**
   * The law along a run.
   *
   * @param trace of the run
   * @param rates predicted d log λ₁/dτ at its steps; NaN where G² was not measured
   */
  FlowLaw(Trace trace, double[] rates) {
    this.trace = trace;
    this.rates = rates;
  }

  static FlowLaw of(Trace trace, Recording recording) {
    return new FlowLaw(
        trace, recording.steps().stream().mapToDouble(FlowLaw::predictedRate).toArray());
  }

  private static double predictedRate(StepObserved step) {
    double squared = Double.NaN;
    double slope = 0;
    for (Sharpness sharpness : step.getSharpnessList()) {
      slope = sharpness.hasSlopeRate() ? sharpness.getSlopeRate() : slope;
      if (sharpness.hasEdgeGradientSquared() && sharpness.getEdgeEigenvalues() > 1) {
        squared = sharpness.getEdgeGradientSquared();
      } else if (sharpness.hasLogSharpnessGradientSquared() && Double.isNaN(squared)) {
        squared = sharpness.getLogSharpnessGradientSquared();
      }
    }
    return (4 * slope - 2 * squared) / (4 + squared);
  }

  /** Whether it holds around a flow time; false where that cannot be told. */
  boolean holds(double time) {
    LineFit fit = new LineFit();
    double predicted = 0;
    int measured = 0;
    int first = index(time - REACH);
    for (int i = first; i < trace.length() && trace.flowTime()[i] <= time + REACH; i++) {
      double value = trace.logSharpness()[i];
      if (!Double.isNaN(value)) {
        fit.add(trace.flowTime()[i] - time, value);
      }
      if (!Double.isNaN(rates[i])) {
        predicted += rates[i];
        measured++;
      }
    }
    double rate = predicted / measured;
    return Math.abs(rate) >= REST && Math.abs(fit.slope() - rate) <= TOLERANCE * Math.abs(rate);
  }

  /** Index of the first step that is not before a flow time. */
  private int index(double time) {
    int found = Arrays.binarySearch(trace.flowTime(), time);
    return found < 0 ? -found - 1 : found;
  }

  /** The step at a flow time. */
  long step(double time) {
    return trace.first() + Math.min(index(time), trace.length() - 1);
  }
}
