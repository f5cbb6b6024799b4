package brink.trainer.request;

import brink.trainer.kernels.Loss;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a network's output.
 *
 * @param kind null for cross-entropy of classes, the squared error of numbers
 * @param labelSmoothing S of (1 − S)·(one-hot) + S/k in training; null for none
 */
public record LossChoice(@Nullable Loss kind, @Nullable Double labelSmoothing) {}
