package brink.monitor.series;

import brink.v1.Estimate;
import brink.v1.FlowFitted;
import brink.v1.FlowTestKind;
import brink.v1.FlowTestOutcome;
import brink.v1.FlowTestResult;
import brink.v1.Forecast;
import java.math.BigDecimal;
import java.util.function.ObjDoubleConsumer;

/** The numbers of a fit of the flow under the names that the API gives them. */
final class FitFields {
  private FitFields() {}

  /** Hands over all numbers of a fit. */
  static void read(FlowFitted fit, ObjDoubleConsumer<String> sink) {
    scalars(fit, sink);
    if (fit.hasAngularStep()) {
      estimate("fit.g2.angular_step", fit.getAngularStep(), sink);
    }
    if (fit.hasSharpnessDecay()) {
      estimate("fit.g2.sharpness_decay", fit.getSharpnessDecay(), sink);
    }
    if (fit.hasDirect()) {
      estimate("fit.g2.direct", fit.getDirect(), sink);
    }
    if (fit.hasMeasuredRate()) {
      estimate("fit.measured_rate", fit.getMeasuredRate(), sink);
    }
    if (fit.hasPredictedRate()) {
      estimate("fit.predicted_rate", fit.getPredictedRate(), sink);
    }
    if (fit.hasLedgerDifference()) {
      estimate("fit.ledger_difference", fit.getLedgerDifference(), sink);
    }
    if (fit.hasKappa()) {
      estimate("fit.kappa", fit.getKappa(), sink);
    }
    if (fit.hasAsymptote()) {
      estimate("fit.asymptote", fit.getAsymptote(), sink);
    }
    if (fit.hasStepsToEdge()) {
      estimate("fit.steps_to_edge", fit.getStepsToEdge(), sink);
    }
    if (fit.hasStepsToNextEigenvalue()) {
      estimate("fit.steps_to_next_eigenvalue", fit.getStepsToNextEigenvalue(), sink);
    }
    fit.getTestsList().forEach(test -> test(test, sink));
    fit.getForecastsList().forEach(forecast -> forecast(forecast, sink));
  }

  private static void scalars(FlowFitted fit, ObjDoubleConsumer<String> sink) {
    if (fit.hasSharpness()) {
      sink.accept("fit.sharpness", fit.getSharpness());
    }
    if (fit.hasAgreementPValue()) {
      sink.accept("fit.agreement_p_value", fit.getAgreementPValue());
    }
    if (fit.hasEdgeEigenvalues()) {
      sink.accept("fit.edge_eigenvalues", fit.getEdgeEigenvalues());
    }
    if (fit.hasDirectEigenvalues()) {
      sink.accept("fit.direct_eigenvalues", fit.getDirectEigenvalues());
    }
    if (fit.hasExcessLoss()) {
      sink.accept("fit.excess_loss", fit.getExcessLoss());
    }
    if (fit.hasQuadraticExcessLoss()) {
      sink.accept("fit.quadratic_excess_loss", fit.getQuadraticExcessLoss());
    }
  }

  private static void estimate(String field, Estimate estimate, ObjDoubleConsumer<String> sink) {
    sink.accept(field, estimate.getValue());
    if (estimate.hasStandardError()) {
      sink.accept(field + ".error", estimate.getStandardError());
    }
  }

  private static void test(FlowTestResult test, ObjDoubleConsumer<String> sink) {
    if (test.getKind() != FlowTestKind.FLOW_TEST_KIND_SHARPNESS_GRADIENT
        && test.getKind() != FlowTestKind.FLOW_TEST_KIND_DIRECTION) {
      return;
    }
    boolean gradient = test.getKind() == FlowTestKind.FLOW_TEST_KIND_SHARPNESS_GRADIENT;
    String field = "fit.test." + (gradient ? "sharpness_gradient" : "direction");
    if (test.hasMeasured()) {
      sink.accept(field + ".measured", test.getMeasured().getValue());
      if (test.getMeasured().hasStandardError()) {
        sink.accept(field + ".error", test.getMeasured().getStandardError());
      }
    }
    if (test.hasPredicted()) {
      sink.accept(field + ".predicted", test.getPredicted().getValue());
    }
    if (test.hasPValue()) {
      sink.accept(field + ".p_value", test.getPValue());
    }
    if (test.hasBySlope()) {
      sink.accept(field + ".by_slope", test.getBySlope());
    }
    if (test.getOutcome() == FlowTestOutcome.FLOW_TEST_OUTCOME_AGREES) {
      sink.accept(field + ".outcome", 1);
    } else if (test.getOutcome() == FlowTestOutcome.FLOW_TEST_OUTCOME_FAILS) {
      sink.accept(field + ".outcome", -1);
    } else if (test.getOutcome() == FlowTestOutcome.FLOW_TEST_OUTCOME_UNDECIDED) {
      sink.accept(field + ".outcome", 0);
    }
  }

  private static void forecast(Forecast forecast, ObjDoubleConsumer<String> sink) {
    if (!Double.isFinite(forecast.getHorizon())) {
      return;
    }
    String field =
        "forecast."
            + BigDecimal.valueOf(forecast.getHorizon()).stripTrailingZeros().toPlainString();
    sink.accept(field + ".sharpness", forecast.getSharpness());
    if (forecast.hasLow()) {
      sink.accept(field + ".low", forecast.getLow());
    }
    if (forecast.hasHigh()) {
      sink.accept(field + ".high", forecast.getHigh());
    }
  }
}
