package brink.trainer.request;

import org.jspecify.annotations.Nullable;

/**
 * What is trained.
 *
 * @param name of the problem
 * @param seed of the initial weights and of synthetic data
 * @param network if the problem is one of a network
 * @param rank columns of the two factors of matrix completion; null for the problem's default
 * @param dl4jTrain which parameters of a DL4J network are trained; null for the normalized ones
 */
public record ProblemChoice(
    ProblemName name,
    long seed,
    NetworkChoice network,
    @Nullable Integer rank,
    @Nullable TrainedParameters dl4jTrain) {}
