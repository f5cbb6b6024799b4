package brink.trainer.request;

import org.jspecify.annotations.Nullable;

/**
 * η and λ_wd, and how they change. Schedules are written as on the command line, since what they
 * mean depends on the number of steps.
 *
 * @param learningRate η; null for the problem's default
 * @param weightDecay λ_wd; null for the problem's default
 * @param learningRateSchedule for example {@code cosine:to=0.01}; null for a constant
 * @param weightDecaySchedule likewise
 */
public record HyperparameterChoice(
    @Nullable Double learningRate,
    @Nullable Double weightDecay,
    @Nullable String learningRateSchedule,
    @Nullable String weightDecaySchedule) {}
