package brink.trainer.request;

import org.jspecify.annotations.Nullable;

/**
 * The examples.
 *
 * @param source as {@code --data} names it; null for a synthetic set of the problem
 * @param trainSize number of training examples, the first ones; null for all
 * @param testSize number of test examples, the first ones; null for all
 */
public record DataChoice(
    @Nullable String source, @Nullable Integer trainSize, @Nullable Integer testSize) {}
