package brink.bench.detection;

import brink.bench.detection.Label.Episode;
import brink.v1.FlowFitted;
import brink.v1.Forecast;
import java.util.ArrayList;
import java.util.List;

/**
 * One forecast of the excess loss inside an episode, with what came of it.
 *
 * @param horizon units of flow time
 * @param error of its logarithm, forecast minus truth
 * @param unchanged error of "stays as it is"
 * @param covered whether the truth was in the interval
 */
record ExcessSample(double horizon, double error, double unchanged, boolean covered) {
  /** All of a run whose truth is known. */
  static List<ExcessSample> of(Trace trace, ExcessTruth truth, Label label, Verdicts verdicts) {
    List<ExcessSample> samples = new ArrayList<>();
    for (Episode episode : label.episodes()) {
      double start = FlowScore.settled(trace, episode);
      double end = trace.flowTime()[FlowScore.undisturbed(label, episode)];
      for (FlowFitted fit : verdicts.fits()) {
        double now = fit.getFlowTime();
        if (now < start) {
          continue;
        }
        for (Forecast forecast : fit.getForecastsList()) {
          double time = now + forecast.getHorizon();
          double came = time <= end ? truth.around(time) : Double.NaN;
          if (forecast.hasExcessLoss() && Double.isFinite(came)) {
            samples.add(
                new ExcessSample(
                    forecast.getHorizon(),
                    Math.log(forecast.getExcessLoss()) - came,
                    truth.latest(now) - came,
                    Math.log(forecast.getExcessLossLow()) <= came
                        && came <= Math.log(forecast.getExcessLossHigh())));
          }
        }
      }
    }
    return samples;
  }
}
