package brink.bench.detection;

import brink.schemas.MessageSerializer;
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
import brink.trainer.request.RunOptions;
import brink.trainer.request.RunRequest;
import brink.trainer.request.RunRequestBuilder;
import brink.trainer.run.RunPlan;
import brink.trainer.run.RunPlanner;
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
    RunRequest request = request(run);
    try (Kernels kernels = request.device().open(note -> {})) {
      RunPlan plan =
          RunPlanner.of(Clock.systemUTC(), new Random(run.seed())).plan(request, kernels);
      Landscape landscape =
          run.batches() == 1 ? plan.problem().landscape() : minibatches(run, request, kernels);
      return record(plan, landscape);
    }
  }

  private RunRequest request(CorpusRun run) {
    List<String> arguments =
        run.arguments().stream()
            .map(
                word ->
                    word.startsWith(NETWORK)
                        ? NETWORK + folder.resolve(word.substring(NETWORK.length()))
                        : word)
            .toList();
    RunRequestBuilder request = RunRequest.builder();
    RunOptions.read(arguments, request);
    return request.seed(run.seed()).runId(run.name()).gradientsEvery(0).threads(1).build();
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
  private static Landscape minibatches(CorpusRun run, RunRequest request, Kernels kernels) {
    Dataset train =
        DataSource.parse(Objects.requireNonNull(request.data().source()))
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
