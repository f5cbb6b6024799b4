package brink.trainer.request;

import org.jspecify.annotations.Nullable;

/**
 * How the weights move.
 *
 * @param steps number of updates; null for the problem's default
 * @param hyperparameters η and λ_wd
 * @param momentum β of the heavy ball; 0 is without
 * @param update gradient descent in space or on the sphere
 */
public record DescentChoice(
    @Nullable Long steps,
    HyperparameterChoice hyperparameters,
    double momentum,
    UpdateKind update) {}
