package brink.monitor.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brink.monitor.geometry.RadialDecay;
import brink.v1.RunStarted;
import org.junit.jupiter.api.Test;

final class LedgerWitnessTest {
  private static final LedgerEntry BROKEN = new LedgerEntry(3e-3, true, false, false, 1e-3);
  private static final LedgerEntry BALANCED = new LedgerEntry(1e-15, false, false, false, 1e-3);
  private static final DetectorSettings SETTINGS = DetectorSettings.defaults();

  private LedgerWitness witness = LedgerWitness.NONE;
  private long step;

  private void see(LedgerEntry entry, int times) {
    for (int i = 0; i < times; i++) {
      witness = witness.with(entry, step++, SETTINGS);
    }
  }

  @Test
  void with_successiveBreaks_isLostSinceTheFirst() {
    see(BALANCED, 100);
    assertThat(witness.invariance()).isEqualTo(ScaleInvariance.HOLDS);
    see(BROKEN, SETTINGS.ledger().brokenLedgers() - 1);
    assertThat(witness.lostAt()).isNull();
    see(BROKEN, 1);
    assertThat(witness.invariance()).isEqualTo(ScaleInvariance.LOST);
    assertThat(witness.lostAt()).isEqualTo(100);
  }

  @Test
  void with_alteredStepsNowAndThen_holds() {
    for (int i = 0; i < 200; i++) {
      see(BALANCED, 10);
      see(BROKEN, SETTINGS.ledger().brokenLedgers() - 1);
    }
    assertThat(witness.lostAt()).isNull();
    assertThat(witness.broken()).isEqualTo(step - 1);
  }

  @Test
  void with_balanceForLong_holdsAgain() {
    see(BROKEN, 10);
    see(BALANCED, SETTINGS.ledger().balancedLedgers() - 1);
    see(BROKEN, 1);
    assertThat(witness.lostAt()).isEqualTo(0);
    see(BALANCED, SETTINGS.ledger().balancedLedgers());
    assertThat(witness.lostAt()).isNull();
  }

  @Test
  void with_noLedger_isNotKnown() {
    witness = witness.with(null, 0, SETTINGS);
    assertThat(witness.invariance()).isEqualTo(ScaleInvariance.UNKNOWN);
    assertThat(witness.known()).isFalse();
  }

  @Test
  void with_nearlyInvariantLoss_isWhatTheLedgerAddsToWeightDecay() {
    witness = LedgerWitness.of(ScaleInvariance.NEARLY, 2e-5);
    // ‖w‖² is e^(−2·0.05·η_in) of what it is without the radial part
    LedgerEntry entry = new LedgerEntry(Math.expm1(-1e-4), true, false, false, 1e-3);
    see(entry, 1000);

    RadialDecay decay = witness.radial().decay();

    assertThat(decay.share()).isCloseTo(0.05, within(1e-12));
    assertThat(decay.error()).isLessThan(1e-12);
    assertThat(decay.ratioShift()).isCloseTo(5e-5, within(1e-15));
    assertThat(witness.invariance()).isEqualTo(ScaleInvariance.NEARLY);
    assertThat(witness.lostAt()).isNull();
  }

  @Test
  void with_lossThatIsInvariantOrDecaysByNothing_hasNoRadialPart() {
    see(BROKEN, 100);
    assertThat(witness.radial().decay()).isEqualTo(RadialDecay.NONE);
    witness = LedgerWitness.of(ScaleInvariance.NEARLY, 2e-5);
    see(new LedgerEntry(1e-6, true, false, false, 0), 100);
    assertThat(witness.radial().decay()).isEqualTo(RadialDecay.NONE);
  }

  @Test
  void declared_lessThanAllWeights_isNeverThere() {
    RunStarted.Builder started = RunStarted.newBuilder();
    assertThat(ScaleInvariance.declared(started.build())).isEqualTo(ScaleInvariance.UNKNOWN);
    started.setDimension(60).setScaleInvariantDimension(60);
    assertThat(ScaleInvariance.declared(started.build())).isEqualTo(ScaleInvariance.HOLDS);
    started.setScaleInvariantDimension(50);
    assertThat(ScaleInvariance.declared(started.build())).isEqualTo(ScaleInvariance.NEVER);
    started.clearDimension().setScaleInvariantDimension(0);
    assertThat(ScaleInvariance.declared(started.build())).isEqualTo(ScaleInvariance.NEVER);
    witness = LedgerWitness.of(ScaleInvariance.NEVER, 0.3);
    see(BALANCED, 2 * SETTINGS.ledger().balancedLedgers());
    assertThat(witness.lostAt()).isEqualTo(0);
  }
}
