package brink.trainer.problem;

import brink.trainer.data.Split;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DirectCadence;
import brink.trainer.descent.Problem;
import brink.trainer.kernels.Kernels;
import brink.trainer.landscape.Landscape;
import brink.trainer.model.ModelReader;
import brink.trainer.model.SavedModel;
import brink.trainer.network.NetworkMemory;
import brink.trainer.request.OptionException;
import brink.trainer.request.ProblemName;
import brink.trainer.request.ProblemOptions;
import brink.trainer.request.RunOption;
import brink.trainer.request.RunRequest;
import brink.trainer.request.TrainedParameters;
import java.nio.file.Path;
import java.util.Set;

/** A user's own network, as Deeplearning4j saved it. */
final class Dl4jKind implements ProblemKind {
  private static final String NAME = "dl4j";

  private final Path file;

  /**
   * @param file written by DL4J's ModelSerializer
   */
  Dl4jKind(Path file) {
    this.file = file;
  }

  /** Those of mlp-bn, but the network may be of any size. */
  @Override
  public Defaults defaults() {
    return new Defaults(
        "synthetic:teacher?n=200&d=10&classes=4&noise=0&test=1000",
        0.1,
        3e-3,
        8_000,
        CurvaturePoints.MIDPOINT,
        DirectCadence.AUTO);
  }

  @Override
  public Set<RunOption<?>> options() {
    return Set.of(ProblemOptions.DL4J_TRAIN);
  }

  @Override
  public Problem build(Kernels kernels, ProblemInput input) {
    ProblemName.requireNoFolder(NAME, file, "the file that ModelSerializer.writeModel wrote");
    Split data = input.load();
    try {
      boolean all = input.request().problem().dl4jTrain() == TrainedParameters.ALL;
      SavedModel model = reader().read(file, data, all);
      requireMemory(model, kernels, data, input.request());
      Landscape landscape = model.landscape(kernels);
      return new Problem(
              NAME,
              file.getFileName() + ": " + model.describe(),
              input.source(),
              data.train().size(),
              landscape,
              model.initialWeights(kernels),
              landscape.scaleInvariantDimension())
          .on(data.description());
    } catch (IllegalArgumentException e) {
      throw new OptionException("--problem dl4j: " + e.getMessage());
    }
  }

  private static ModelReader reader() {
    return ModelReader.of(NAME)
        .orElseThrow(
            () ->
                new OptionException(
                    "--problem dl4j: this program came without Deeplearning4j; put trainer-dl4j on"
                        + " its class path"));
  }

  private void requireMemory(SavedModel model, Kernels kernels, Split data, RunRequest request) {
    NetworkMemory memory = model.memory(kernels.precision());
    if (memory != null) {
      RunMemory.of(memory, model.dimension(), kernels.precision(), request, defaults(), data)
          .requireFits(kernels, MachineMemory.bytes());
    }
  }
}
