package brink.bench.detection;

import brink.v1.ForecastBasis;

/**
 * One forecast of log λ₁ inside an episode, with what came of it.
 *
 * @param horizon units of flow time
 * @param basis what it was made by
 * @param flowing whether the monitor called the regime FLOWING when it was made
 * @param error of log λ₁, forecast minus truth
 * @param unchanged error of "stays as it is"
 * @param trend error of a log-linear trend over the same history
 * @param covered whether the truth was in the interval
 */
record ForecastSample(
    double horizon,
    ForecastBasis basis,
    boolean flowing,
    double error,
    double unchanged,
    double trend,
    boolean covered) {}
