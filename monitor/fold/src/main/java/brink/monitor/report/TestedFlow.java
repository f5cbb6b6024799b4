package brink.monitor.report;

import brink.monitor.text.Uncertain;
import brink.v1.FlowFitted;
import brink.v1.FlowTestOutcome;
import brink.v1.FlowTestResult;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the tests of the flow said over a run, and what the norm ledger implies where there was
 * none.
 *
 * @param agreed fits with a test that agrees, and none that fails
 * @param failed fits with a test that fails
 * @param undecided fits with tests that could not tell
 * @param last newest fit with a rate
 * @param flowing whether the run was FLOWING
 */
record TestedFlow(long agreed, long failed, long undecided, FlowFitted last, boolean flowing) {
  /** Empty where no fit has a rate. */
  static Optional<TestedFlow> of(List<FlowFitted> fits, List<RegimeChanged> changes) {
    long failed = fits.stream().filter(TestedFlow::fails).count();
    long agreed = fits.stream().filter(TestedFlow::agrees).count();
    long tested = fits.stream().filter(fit -> fit.getTestsCount() > 0).count();
    boolean flowing = changes.stream().anyMatch(change -> change.getTo() == Regime.REGIME_FLOWING);
    return fits.stream()
        .filter(FlowFitted::hasPredictedRate)
        .reduce((earlier, later) -> later)
        .map(last -> new TestedFlow(agreed, failed, tested - agreed - failed, last, flowing));
  }

  private static boolean fails(FlowFitted fit) {
    return has(fit, FlowTestOutcome.FLOW_TEST_OUTCOME_FAILS);
  }

  private static boolean agrees(FlowFitted fit) {
    return has(fit, FlowTestOutcome.FLOW_TEST_OUTCOME_AGREES) && !fails(fit);
  }

  private static boolean has(FlowFitted fit, FlowTestOutcome outcome) {
    return fit.getTestsList().stream().map(FlowTestResult::getOutcome).anyMatch(outcome::equals);
  }

  String sentence() {
    String implied =
        String.format(
            Locale.ROOT,
            "the ledger implies a rate of %s at step %,d",
            Uncertain.text(
                last.getPredictedRate().getValue(), last.getPredictedRate().getStandardError()),
            last.getStep());
    long tested = agreed + failed + undecided;
    if (tested == 0) {
      return "not tested: neither a direct G² of all edge eigenvalues nor a test of the direction; "
          + implied;
    }
    return String.format(
        Locale.ROOT,
        "%s: of %,d tested fits %,d agree, %,d fail and %,d cannot tell; %s",
        flowing ? "seen" : "not seen",
        tested,
        agreed,
        failed,
        undecided,
        implied);
  }
}
