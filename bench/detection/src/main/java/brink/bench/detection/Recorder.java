package brink.bench.detection;

import brink.schemas.MessageSerializer;
import brink.trainer.cli.Problems;
import brink.trainer.cli.RunPlan;
import brink.trainer.cli.TrainOptions;
import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.data.Dataset;
import brink.trainer.data.Targets;
import brink.trainer.descent.GradientDescent;
import brink.trainer.kernels.Kernels;
import brink.trainer.landscape.BnLinear;
import brink.trainer.landscape.Landscape;
import brink.trainer.publish.GradientCadence;
import brink.trainer.publish.RunPublisher;
import brink.v1.RunEvent;
import brink.v1.StepObserved;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains a run of the corpus, and keeps what it would have published. */
final class Recorder {
  /** How a problem begins that is a network's file. */
  private static final String NETWORK = "network:";

  /** The files that runs of the corpus read. */
  private static final List<String> NETWORKS =
      List.of("convolutions.yaml", "vgg.yaml", "vgg-narrow.yaml", "resnet.yaml", "wide.yaml");

  private final Path folder;

  /**
   * A recorder.
   *
   * @param folder for the files that runs read
   */
  Recorder(Path folder) {
    this.folder = folder;
  }

  /** The options of {@code brink train}, as it reads them. */
  @Command
  static final class Arguments {
    @Mixin TrainOptions options = new TrainOptions();
  }

  /** Writes what the runs read. */
  void prepare() throws IOException {
    for (String name : NETWORKS) {
      try (InputStream network =
          Objects.requireNonNull(Recorder.class.getResourceAsStream(name), name)) {
        Files.copy(network, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  Recording record(CorpusRun run) {
    TrainOptions options = options(run);
    try (Kernels kernels = options.device.open()) {
      RunPlan plan = Problems.plan(options, kernels, Clock.systemUTC(), new Random(run.seed()));
      Landscape landscape =
          run.batches() == 1 ? plan.problem().landscape() : minibatches(run, options, kernels);
      return record(plan, landscape);
    }
  }

  private TrainOptions options(CorpusRun run) {
    Arguments arguments = new Arguments();
    new CommandLine(arguments)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(
            run.arguments().stream()
                .map(
                    word ->
                        word.startsWith(NETWORK)
                            ? NETWORK + folder.resolve(word.substring(NETWORK.length()))
                            : word)
                .toArray(String[]::new));
    arguments.options.seed = run.seed();
    arguments.options.runId = run.name();
    arguments.options.gradientsEvery = 0;
    arguments.options.device.threads = 1;
    return arguments.options;
  }

  private static Recording record(RunPlan plan, Landscape landscape) {
    var kafka =
        new MockProducer<String, Message>(
            true, null, new StringSerializer(), new MessageSerializer());
    Clock clock = Clock.systemUTC();
    RunPublisher publisher =
        new RunPublisher(kafka, plan.description(), GradientCadence.NONE, clock, () -> false);
    publisher.start("corpus");
    new GradientDescent(
            landscape, plan.problem().initialWeights(), plan.descent(), System::nanoTime)
        .run(publisher, () -> false);
    publisher.flush();
    List<Message> messages = kafka.history().stream().map(ProducerRecord::value).toList();
    return new Recording(
        ((RunEvent) messages.getFirst()).getStarted(),
        messages.stream().skip(1).map(StepObserved.class::cast).toList());
  }

  /** Every k-th example, of bn-linear's data, makes one of k parts. */
  private static Landscape minibatches(CorpusRun run, TrainOptions options, Kernels kernels) {
    Dataset train =
        DataSource.parse(Objects.requireNonNull(options.data))
            .load(DataOptions.DEFAULT.withSeed(run.seed()))
            .train();
    if (!(train.targets() instanceof Targets.Values(double[] values))) {
      throw new IllegalArgumentException(run.name() + ": minibatches are of bn-linear only");
    }
    List<BnLinear> parts = new ArrayList<>();
    for (int part = 0; part < run.batches(); part++) {
      int first = part;
      int[] chosen =
          IntStream.range(0, train.size()).filter(i -> i % run.batches() == first).toArray();
      double[][] inputs = new double[chosen.length][train.dimension()];
      for (int i = 0; i < chosen.length; i++) {
        train.features().copyRow(chosen[i], inputs[i], 0);
      }
      double[] targets = IntStream.of(chosen).mapToDouble(i -> values[i]).toArray();
      parts.add(BnLinear.from(kernels, inputs, targets));
    }
    return new Minibatches(parts, new Random(run.seed()));
  }
}
