package brink.monitor.regime;

import brink.monitor.geometry.RadialDecay;
import brink.monitor.geometry.Smoothed;
import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;

/**
 * What the norm ledger has said of the part of the gradient along the weights.
 *
 * @param declaredError |⟨w, ∇L⟩|/(‖w‖·‖∇L‖) at the first iterate, by the producer's word; NaN where
 *     it gave none
 * @param share R, what that part adds to weight decay, over the last steps
 * @param intrinsicLearningRate η_in of the newest of them
 */
record RadialWitness(double declaredError, Smoothed share, double intrinsicLearningRate) {
  /** Of a run of which nothing was seen. */
  static RadialWitness of(double declaredError) {
    return new RadialWitness(declaredError, Smoothed.EMPTY, 0);
  }

  /** With the ledger of one more step. */
  RadialWitness with(LedgerEntry entry, DetectorSettings settings) {
    double rate = entry.intrinsicLearningRate();
    double sample = RadialDecay.share(entry.error(), rate);
    if (!Double.isFinite(sample)) {
      return this;
    }
    double horizon = settings.ledger().radialFlowTime() / rate;
    int samples = (int) Math.max(settings.samples().window(), Math.rint(horizon));
    return new RadialWitness(declaredError, share.with(sample, samples), rate);
  }

  RadialDecay decay() {
    return share.known()
        ? new RadialDecay(share.mean(), share.standardError(), intrinsicLearningRate)
        : RadialDecay.NONE;
  }

  void write(StateWriter out) {
    out.put(declaredError);
    share.write(out);
    out.put(intrinsicLearningRate);
  }

  static RadialWitness read(StateReader in) {
    return new RadialWitness(in.getDouble(), Smoothed.read(in), in.getDouble());
  }
}
