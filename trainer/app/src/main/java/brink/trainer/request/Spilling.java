package brink.trainer.request;

/** When what belongs to examples lies in the machine's memory, and a GPU works on slices. */
public enum Spilling {
  /** If the GPU has no room for all, and as before in a run that is resumed. */
  AUTO,
  /** Always. */
  ON,
  /** Never. */
  OFF
}
