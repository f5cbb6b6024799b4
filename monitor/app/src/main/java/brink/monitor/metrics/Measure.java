package brink.monitor.metrics;

/**
 * The meters of a run: Micrometer's name and the help text. Prometheus prints {@code brink.x.y} as
 * {@code brink_x_y}.
 */
enum Measure {
  RUN_INFO("brink.run.info", "What the run is; always 1."),
  RUN_STATUS(
      "brink.run.status",
      "1 for how the run is doing (RUNNING, SILENT, or how it ended), 0 for every other status."),
  RUN_OUTCOME(
      "brink.run.outcome",
      "What became of the run at the edge, as labels; always 1, and known is false where a stream"
          + " cannot tell."),
  REGIME_CHANGED(
      "brink.regime.changed.timestamp.seconds",
      "When the run last came to the regime, in seconds since 1970, by its producer's clock."),
  REJECTED_AT(
      "brink.rejected.timestamp.seconds",
      "When a record was last set aside, in seconds since 1970, by reason and run."),
  EDGE_STEP("brink.edge.step", "Step at which the run entered the edge for the first time."),
  STEP("brink.step", "Last step observed."),
  LOSS("brink.loss", "Training loss."),
  ACCURACY("brink.accuracy", "Share classified rightly, by data set."),
  WEIGHT_NORM("brink.weight.norm", "Norm of the scale-invariant weights."),
  GRADIENT_NORM("brink.gradient.norm", "Norm of the gradient of the scale-invariant weights."),
  EFFECTIVE_LEARNING_RATE(
      "brink.effective.learning.rate", "Learning rate on the sphere, lr/((1 - lr*wd)*|w|^2)."),
  SHARPNESS(
      "brink.sharpness",
      "Eigenvalues of the spherical Hessian, at the midpoint where measured there, by rank."),
  SHARPNESS_RESIDUAL("brink.sharpness.residual", "Residual |Hv - ev| of the eigenpair, by rank."),
  STABILITY_RATIO(
      "brink.stability.ratio",
      "Effective learning rate times sharpness over 2; the edge of stability is at 1."),
  STABILITY_RATIO_PAIR_MEAN(
      "brink.stability.ratio.pair.mean",
      "Stability ratio without its oscillation: the mean of this step's and the one before."),
  GRADIENT_COSINE("brink.gradient.cosine", "Cosine of this gradient and the one before."),
  ANGULAR_STEP(
      "brink.angular.step",
      "Tangent of the angle, in rad, by which gradient descent turned the weights in the step."),
  FLOW_TIME("brink.flow.time", "Flow time, the sum of lr*wd over the steps."),
  LOG_SHARPNESS_GRADIENT_SQUARED(
      "brink.log.sharpness.gradient.squared",
      "Squared gradient of log-sharpness along the manifold of minimisers, by source."),
  LOG_SHARPNESS_RATE(
      "brink.log.sharpness.rate",
      "Rate of log-sharpness per unit of flow time, measured and implied by the norm ledger."),
  FLOW_CONSISTENT(
      "brink.flow.consistent",
      "Integrity check: 1 where the norm ledger holds at the edge; says nothing of the flow."),
  FLOW_AGREEMENT(
      "brink.flow.agreement",
      "p-value of the flow: probability of a test's difference as large if the flow holds."),
  EDGE_EIGENVALUES(
      "brink.edge.eigenvalues", "Published eigenvalues that stand at the edge's threshold."),
  SHARPNESS_FORECAST(
      "brink.sharpness.forecast", "Sharpness ahead, by horizon in units of flow time."),
  PREDICTED_SHARPNESS(
      "brink.predicted.sharpness", "Sharpness on the trajectory that theory predicts, by flow."),
  FLOW_DISTANCE(
      "brink.flow.distance",
      "Angle between the predicted point and training's period-averaged point, rad, by flow."),
  FLOW_ANGLE(
      "brink.flow.angle",
      "Angle between the displacements of these two points over the last span, rad, by flow."),
  STEPS_TO_EDGE("brink.steps.to.edge", "Steps until the stability ratio reaches 1."),
  STEPS_TO_NEXT_EIGENVALUE(
      "brink.steps.to.next.eigenvalue",
      "Steps until one more of the published eigenvalues stands at the edge's threshold."),
  EXCESS_LOSS(
      "brink.excess.loss",
      "Loss above that at the midpoint of two iterates: what the oscillation costs, measured and as"
          + " the angular step implies it."),
  EXCESS_LOSS_FORECAST(
      "brink.excess.loss.forecast", "Excess loss ahead, by horizon in units of flow time."),
  REGIME("brink.regime", "1 for the run's present regime, 0 for every other."),
  SCALE_INVARIANCE_LOST(
      "brink.scale.invariance.lost",
      "1 where the norm ledger speaks against a scale invariance that the producer did not deny."),
  SCALE_INVARIANT(
      "brink.scale.invariant",
      "1 where the loss is scale-invariant, or nearly, by the producer's word and the norm ledger;"
          + " else 0."),
  RADIAL_DECAY(
      "brink.radial.decay",
      "Share that the gradient's part along the weights adds to weight decay, where the loss is"
          + " nearly scale-invariant."),
  NORM_LEDGER_ERROR(
      "brink.norm.ledger.error", "Relative error of the predicted squared weight norm.");

  private final String meterName;
  private final String description;

  Measure(String meterName, String description) {
    this.meterName = meterName;
    this.description = description;
  }

  String meterName() {
    return meterName;
  }

  String description() {
    return description;
  }
}
