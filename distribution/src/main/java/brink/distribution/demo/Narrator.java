package brink.distribution.demo;

import brink.monitor.cli.RegimeSentence;
import brink.monitor.text.Printable;
import brink.monitor.topology.RunObserver;
import brink.trainer.cli.ProgressDisplay;
import brink.v1.RegimeChanged;
import org.jspecify.annotations.Nullable;

/** Tells on standard output what happens, above the progress bar while there is one. */
final class Narrator implements RunObserver {
  private volatile @Nullable ProgressDisplay display;
  private volatile String ownRun = "";

  /** Goes on above this bar; null for no bar. */
  void above(@Nullable ProgressDisplay bar) {
    display = bar;
  }

  void say(String line) {
    ProgressDisplay bar = display;
    if (bar == null) {
      System.out.println(line);
    } else {
      bar.println(line);
    }
  }

  /** Which run needs no name: the demo's own. */
  void tellsOf(String runId) {
    ownRun = runId;
  }

  @Override
  public void onRegimeChanged(RegimeChanged change) {
    String run = change.getRunId().equals(ownRun) ? "" : Printable.of(change.getRunId()) + " ";
    say("  " + run + RegimeSentence.of(change));
  }
}
