package brink.monitor.report;

import brink.monitor.outcome.FlowTests;
import brink.monitor.text.Uncertain;
import brink.v1.FlowFitted;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the tests of the flow said over a run, and what the norm ledger implies where there was
 * none.
 *
 * @param tests what they said
 * @param last newest fit with a rate
 * @param flowing whether the run was FLOWING
 */
record TestedFlow(FlowTests tests, FlowFitted last, boolean flowing) {
  /** Empty where no fit has a rate. */
  static Optional<TestedFlow> of(List<FlowFitted> fits, List<RegimeChanged> changes) {
    FlowTests tests = FlowTests.NONE;
    for (FlowFitted fit : fits) {
      tests = tests.with(fit);
    }
    FlowTests all = tests;
    boolean flowing = changes.stream().anyMatch(change -> change.getTo() == Regime.REGIME_FLOWING);
    return fits.stream()
        .filter(FlowFitted::hasPredictedRate)
        .reduce((earlier, later) -> later)
        .map(last -> new TestedFlow(all, last, flowing));
  }

  String sentence() {
    String implied =
        String.format(
            Locale.ROOT,
            "the ledger implies a rate of %s at step %,d",
            Uncertain.text(
                last.getPredictedRate().getValue(), last.getPredictedRate().getStandardError()),
            last.getStep());
    if (tests.tested() == 0) {
      return "not tested: neither a direct G² of all edge eigenvalues nor a test of the direction; "
          + implied;
    }
    return String.format(
        Locale.ROOT,
        "%s: of %,d tested fits %,d agree, %,d fail and %,d cannot tell; %s",
        flowing ? "seen" : "not seen",
        tests.tested(),
        tests.agreed(),
        tests.failed(),
        tests.undecided(),
        implied);
  }
}
