package brink.bench.detection;

import brink.bench.detection.CorpusRun.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The runs: problems × seeds × (η, λ_wd), in float32 and float64, and runs that never reach the
 * edge.
 */
final class Corpus {
  private static final String SMALL_REGRESSION = "synthetic:regression?n=20&d=40&noise=1&test=0";
  private static final String DIGITS = "synthetic:digits?n=60&size=12&classes=4&test=0";
  private static final String TEACHER = "synthetic:teacher?n=100&d=10&classes=4&test=0";

  private final List<CorpusRun> runs = new ArrayList<>();

  private Corpus() {}

  static List<CorpusRun> all() {
    Corpus corpus = new Corpus();
    corpus.closedForm();
    corpus.networks();
    corpus.images();
    corpus.manyWeights();
    corpus.hyperparameters();
    corpus.catapults();
    corpus.negatives();
    return List.copyOf(corpus.runs);
  }

  private void closedForm() {
    edge("bn-linear", 30, "--wd 2e-3 --steps 5000");
    edge("bn-linear", 12, "--wd 1e-3 --steps 8000");
    edge("bn-linear", 12, "--wd 4e-4 --steps 15000");
    edge("bn-linear", 6, "--wd 1e-4 --steps 50000");
    edge("bn-linear-small", 12, "--wd 2e-3 --steps 5000 --data " + SMALL_REGRESSION);
    edge("bn-linear-small", 12, "--wd 6e-4 --steps 10000 --data " + SMALL_REGRESSION);
    edge("matrix", 9, "--problem matrix-completion-bn --wd 2e-3 --steps 5000");
  }

  private void networks() {
    String tanh = "--problem mlp-bn --hidden 16,16 --data " + TEACHER;
    edge("mlp", 9, tanh + " --lr 0.1 --wd 3e-3 --steps 8000");
    edge("mlp", 9, tanh + " --lr 0.2 --wd 5e-3 --steps 4000");
    edge("mlp-f32", 9, tanh + " --lr 0.2 --wd 5e-3 --steps 4000 --precision float32");
    edge("mlp-relu", 9, tanh + " --activation relu --lr 0.2 --wd 5e-3 --steps 4000");
    edge("mlp-ln", 9, tanh.replace("mlp-bn", "mlp-ln") + " --lr 0.2 --wd 5e-3 --steps 4000");
    String convolutions = "--problem network:convolutions.yaml --data " + DIGITS;
    edge("cnn", 6, convolutions + " --lr 0.2 --wd 5e-3 --steps 3000");
    edge("cnn", 6, convolutions + " --lr 0.05 --wd 1e-2 --steps 4000");
  }

  private void images() {
    String digits =
        " --data synthetic:digits?n=24&size=8&classes=4&test=0 --curvature midpoint --steps 800";
    edge("vgg", 3, "--problem network:vgg.yaml" + digits);
    edge("vgg-narrow", 3, "--problem network:vgg-narrow.yaml" + digits);
    edge("vgg-f32", 3, "--problem network:vgg-narrow.yaml --precision float32" + digits);
    edge("resnet", 3, "--problem network:resnet.yaml" + digits);
  }

  // More weights than examples × width of the last hidden layer, so that there is a way to flow.
  private void manyWeights() {
    String tanh = "--problem mlp-bn --hidden 32,32 --data " + DIGITS;
    String relu = tanh + " --activation relu";
    String three = tanh.replace("32,32", "32,32,32");
    edge("over-tanh", 6, tanh + " --lr 0.2 --wd 5e-3 --steps 4000");
    edge("over-tanh", 3, tanh + " --lr 0.1 --wd 4e-3 --steps 8000");
    edge("over-relu", 6, relu + " --lr 0.2 --wd 5e-3 --steps 4000");
    edge("over-deep", 6, three + " --lr 0.2 --wd 5e-3 --steps 4000");
    edge("over-deep-relu", 6, three + " --activation relu --lr 0.2 --wd 5e-3 --steps 4000");
    edge("over-ln", 6, tanh.replace("mlp-bn", "mlp-ln") + " --lr 0.2 --wd 5e-3 --steps 4000");
    edge("over-momentum", 6, tanh + " --momentum 0.5 --lr 0.1 --wd 2.5e-3 --steps 8000");
    edge(
        "over-cnn",
        6,
        "--problem network:wide.yaml --lr 0.2 --wd 5e-3 --steps 3000 --data "
            + DIGITS.replace("n=60", "n=40"));
  }

  private void catapults() {
    edge(
        "thrown-relu",
        6,
        "--problem mlp-bn --hidden 16,16,16,16 --activation relu --lr 0.5 --wd 5e-3 --steps 3000"
            + " --data "
            + TEACHER);
    edge("thrown-momentum", 6, "--momentum 0.9 --lr 0.05 --wd 4e-3 --steps 10000");
    edge("thrown-linear", 6, "--wd 2e-2 --steps 1500");
  }

  private void hyperparameters() {
    edge(
        "mlp-no-decay",
        6,
        "--problem mlp-bn --hidden 16,16 --lr 0.1 --wd 0 --steps 20000 --data " + TEACHER);
    edge("momentum", 6, "--momentum 0.5 --wd 2e-4 --steps 15000");
    edge("schedule", 6, "--wd 1e-3 --steps 8000 --learning-rate-schedule cosine:to=0.25");
    edge("schedule", 6, "--wd 1e-3 --steps 8000 --learning-rate-schedule constant,warmup=500");
    edge("schedule", 6, "--wd 1e-3 --steps 8000 --weight-decay-schedule steps:4000=5e-4");
  }

  private void negatives() {
    String mlp = "--problem mlp-bn --hidden 16,16 --data " + TEACHER + " --lr 0.1 --steps 20000";
    never("no-decay", 6, 1, "--wd 0 --steps 50000");
    never("small-rate", 9, 1, "--lr 5e-4 --wd 0.02 --steps 50000");
    never("no-normalization", 6, 1, mlp + " --normalization none --wd 3e-3 --curvature-every 10");
    String noisy = "--curvature none --data synthetic:regression?n=%d&d=20&noise=2&test=0";
    never("minibatch", 9, 4, noisy.formatted(128) + " --lr 0.1 --wd 2e-3 --steps 60000");
    never("minibatch", 9, 8, noisy.formatted(128) + " --lr 0.05 --wd 2e-2 --steps 60000");
    never("minibatch", 9, 16, noisy.formatted(512) + " --lr 0.2 --wd 5e-3 --steps 60000");
  }

  private void edge(String family, int seeds, String arguments) {
    add(family, Expectation.EDGE, seeds, 1, arguments);
  }

  private void never(String family, int seeds, int batches, String arguments) {
    add(family, Expectation.NEVER, seeds, batches, arguments);
  }

  private void add(String family, Expectation expected, int seeds, int batches, String arguments) {
    List<String> words = List.of(arguments.split(" "));
    IntStream.rangeClosed(1, seeds)
        .forEach(seed -> runs.add(new CorpusRun(family, expected, seed, batches, words)));
  }
}
