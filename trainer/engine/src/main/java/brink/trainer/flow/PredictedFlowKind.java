package brink.trainer.flow;

/** The flows that can be predicted. */
public enum PredictedFlowKind {
  /** Along the manifold of minimisers, from an edge entry on. */
  SHARPNESS_REDUCTION_FLOW,
  /** Of period-averaged gradient descent with weight decay, anywhere. */
  CENTRAL_FLOW
}
