package brink.monitor.outcome;

import brink.v1.FlowFitted;
import brink.v1.FlowTestOutcome;
import brink.v1.FlowTestResult;

/**
 * What the tests of the sharpness-reduction flow said over a run.
 *
 * @param agreed fits with a test that agrees, and none that fails
 * @param failed fits with a test that fails
 * @param undecided fits with tests that could not tell
 */
public record FlowTests(long agreed, long failed, long undecided) {
  /** Of no fits. */
  public static final FlowTests NONE = new FlowTests(0, 0, 0);

  /** With one more fit; as it is where that was not tested. */
  public FlowTests with(FlowFitted fit) {
    if (fit.getTestsCount() == 0) {
      return this;
    }
    if (has(fit, FlowTestOutcome.FLOW_TEST_OUTCOME_FAILS)) {
      return new FlowTests(agreed, failed + 1, undecided);
    }
    return has(fit, FlowTestOutcome.FLOW_TEST_OUTCOME_AGREES)
        ? new FlowTests(agreed + 1, failed, undecided)
        : new FlowTests(agreed, failed, undecided + 1);
  }

  private static boolean has(FlowFitted fit, FlowTestOutcome outcome) {
    return fit.getTestsList().stream().map(FlowTestResult::getOutcome).anyMatch(outcome::equals);
  }

  /** Fits that were tested. */
  public long tested() {
    return agreed + failed + undecided;
  }
}
