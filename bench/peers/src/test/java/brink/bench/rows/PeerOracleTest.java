package brink.bench.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.bench.lanczos.Lanczos;
import brink.bench.report.Line;
import brink.bench.torch.Libtorch;
import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Loss;
import brink.trainer.network.LayerSpec;
import brink.trainer.network.LayerSpec.PoolKind;
import brink.trainer.network.NetworkSpec;
import brink.trainer.network.Normalizer;
import brink.trainer.network.Shape;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine against libtorch's automatic differentiation, and the check that compares them. */
class PeerOracleTest {
  private static final Conditions CONDITIONS = new Conditions(1, true);
  // sums of some hundred terms over a few layers
  private static final double EXACT = 1e-10;

  private static final Network NETWORK = Network.mlp(10, 8, 7);
  private static final Shape IMAGE = new Shape(8, 8, 3);
  private static final Sample SAMPLE = Sample.random(40, 10, 4, 1);

  @BeforeAll
  static void loadLibtorch() throws Exception {
    Libtorch.load();
  }

  private static Contest contest() {
    return NETWORK.contest(SAMPLE, ComparedFormat.FLOAT64, 1);
  }

  static Stream<Network> networks() {
    return Stream.of(
        NETWORK,
        Network.cnn(IMAGE, 3, 4),
        Network.vgg11(0.05, IMAGE),
        Network.resnet20(0.2, IMAGE),
        layersThatNoArchitectureHas());
  }

  private static Network layersThatNoArchitectureHas() {
    Normalizer batch = new Normalizer.BatchNormalization(1e-3);
    return new Network(
        new NetworkSpec(
            List.of(
                new LayerSpec.Convolution("conv1", 4, 2, 2, 1, batch, Activation.GELU),
                new LayerSpec.Pool("pool1", PoolKind.AVERAGE, 2, 1),
                new LayerSpec.Dense("dense1", 6, batch, Activation.SOFTPLUS),
                new LayerSpec.Dense(
                    "dense2", 5, new Normalizer.NoNormalization(), Activation.TANH)),
            Loss.SOFTMAX_CROSS_ENTROPY,
            NetworkSpec.DEFAULT_LOGIT_SCALE),
        IMAGE);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void derivatives_ofBothSides_agree(Network network) {
    Sample sample = Sample.random(20, network.input().features(), 4, 1);
    try (Contest both = network.contest(sample, ComparedFormat.FLOAT64, 2)) {
      assertThat(ResultAgreement.of(both, "", EXACT)).hasSize(3).allMatch(PeerOracleTest::isMet);
    }
  }

  @Test
  void derivatives_inFloat32_agreeToItsRounding() {
    try (Contest both = NETWORK.contest(SAMPLE, ComparedFormat.FLOAT32, 1)) {
      assertThat(ResultAgreement.of(both, "", 1e-4)).allMatch(PeerOracleTest::isMet);
      assertThat(ResultAgreement.of(both, "", 1e-12).getLast().verdict())
          .isEqualTo(Line.Verdict.WRONG);
    }
  }

  @Test
  void derivatives_afterAMove_agree() {
    try (Contest both = contest()) {
      both.goTo(new Random(5).doubles(both.engine().dimension(), -1, 1).toArray());
      assertThat(ResultAgreement.of(both, "", EXACT)).allMatch(PeerOracleTest::isMet);
    }
  }

  @Test
  void agreement_atOtherWeights_isWrong() {
    try (Contest both = contest()) {
      double[] elsewhere = NETWORK.initialWeights();
      elsewhere[0] += 1e-6;
      both.peer().setWeights(elsewhere);
      assertThat(ResultAgreement.of(both, "", EXACT))
          .allMatch(line -> line.verdict() == Line.Verdict.WRONG);
    }
  }

  @Test
  void accuracyRow_always_isMet() {
    assertThat(new AccuracyRow().measure(CONDITIONS, _ -> {})).allMatch(PeerOracleTest::isMet);
  }

  @Test
  void sphericalSharpness_ofThePeer_isThatOfTheEnginesHessian() {
    try (Contest both = contest()) {
      double[] w = NETWORK.initialWeights();
      double norm = Math.sqrt(ResultAgreement.dot(w, w));
      double[] direction = new double[w.length];
      for (int i = 0; i < w.length; i++) {
        direction[i] = w[i] / norm;
      }
      both.gradient();
      Lanczos.Result engine =
          Lanczos.converged()
              .solve(
                  v -> {
                    both.setVector(PeerSharpness.projected(direction, v));
                    both.hessianVectorProduct();
                    return PeerSharpness.projected(direction, both.productFound());
                  },
                  w.length,
                  new Random(3));
      double peer = new PeerSharpness(both.peer()).spherical(direction);
      assertThat(peer).isCloseTo(norm * norm * engine.values().getFirst(), within(EXACT * peer));
    }
  }

  @Test
  void asPublished_spendsMoreThanOneBasis() {
    try (Contest both = contest()) {
      assertThat(new PeerSharpness(both.peer()).asPublished(both.engine().dimension()))
          .isGreaterThanOrEqualTo(20);
    }
  }

  private static boolean isMet(Line line) {
    return List.of(Line.Verdict.MET, Line.Verdict.INFORMS).contains(line.verdict());
  }
}
