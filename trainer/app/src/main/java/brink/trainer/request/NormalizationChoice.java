package brink.trainer.request;

import org.jspecify.annotations.Nullable;

/**
 * A normalization; what is null has a default.
 *
 * @param name which one
 * @param groups of group normalization
 * @param epsilon added to the variance of batch, layer and group normalization
 */
public record NormalizationChoice(
    @Nullable NormalizationName name, @Nullable Integer groups, @Nullable Double epsilon) {}
