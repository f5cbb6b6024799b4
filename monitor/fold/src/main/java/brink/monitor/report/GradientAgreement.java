package brink.monitor.report;

import brink.v1.FlowFitted;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * How well the three estimates of G² = ‖∇_Γ log λ₁‖² agree along the flow.
 *
 * @param fits number of fits compared
 * @param worst largest relative spread (max − min)/mean
 * @param median median relative spread
 * @param probability median p-value of their agreement; NaN where there was none
 */
public record GradientAgreement(int fits, double worst, double median, double probability) {
  /** Below this G² the estimates are differences of nearly equal numbers; not compared. */
  public static final double SMALLEST = 0.1;

  /**
   * Estimates whose relative standard error is above this are not compared: they say so themselves.
   */
  public static final double LARGEST_ERROR = 0.02;

  /**
   * Agreement over the fits that carry all three estimates with a mean above {@link #SMALLEST} and
   * relative errors below {@link #LARGEST_ERROR}.
   */
  public static Optional<GradientAgreement> of(List<FlowFitted> fits) {
    List<FlowFitted> compared =
        fits.stream()
            .filter(fit -> fit.hasAngularStep() && fit.hasSharpnessDecay() && fit.hasDirect())
            .filter(GradientAgreement::isOfOneNumber)
            .filter(fit -> mean(fit) > SMALLEST)
            .filter(GradientAgreement::isCertain)
            .toList();
    double[] spreads = compared.stream().mapToDouble(GradientAgreement::spread).sorted().toArray();
    double[] probabilities =
        compared.stream()
            .filter(FlowFitted::hasAgreementPValue)
            .mapToDouble(FlowFitted::getAgreementPValue)
            .sorted()
            .toArray();
    return spreads.length == 0
        ? Optional.empty()
        : Optional.of(
            new GradientAgreement(
                spreads.length,
                spreads[spreads.length - 1],
                spreads[spreads.length / 2],
                probabilities.length == 0 ? Double.NaN : probabilities[probabilities.length / 2]));
  }

  // Of fewer eigenvalues than are at the threshold the direct one is an upper bound only.
  private static boolean isOfOneNumber(FlowFitted fit) {
    return fit.getEdgeEigenvalues() <= Math.max(1, fit.getDirectEigenvalues());
  }

  private static boolean isCertain(FlowFitted fit) {
    return Stream.of(fit.getAngularStep(), fit.getSharpnessDecay(), fit.getDirect())
        .allMatch(
            estimate ->
                estimate.hasStandardError()
                    && estimate.getStandardError() < LARGEST_ERROR * Math.abs(estimate.getValue()));
  }

  private static double spread(FlowFitted fit) {
    return (estimates(fit).max().orElseThrow() - estimates(fit).min().orElseThrow()) / mean(fit);
  }

  private static double mean(FlowFitted fit) {
    return estimates(fit).average().orElseThrow();
  }

  private static DoubleStream estimates(FlowFitted fit) {
    return DoubleStream.of(
        fit.getAngularStep().getValue(),
        fit.getSharpnessDecay().getValue(),
        fit.getDirect().getValue());
  }
}
