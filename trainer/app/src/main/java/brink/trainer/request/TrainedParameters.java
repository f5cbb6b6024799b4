package brink.trainer.request;

/** Which parameters of a DL4J network are trained. */
public enum TrainedParameters {
  /** The weights that go straight to batch normalization. */
  NORMALIZED,
  /** All. */
  ALL
}
