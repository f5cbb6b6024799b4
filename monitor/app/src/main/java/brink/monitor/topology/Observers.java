package brink.monitor.topology;

import brink.monitor.log.LimitedLog;
import brink.monitor.run.Outcome;
import brink.v1.FlowFitted;
import brink.v1.RegimeChanged;
import brink.v1.Rejected;
import brink.v1.RunStarted;
import brink.v1.StepObserved;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Several observers as one; a failing observer is logged and harms neither records nor others. */
public final class Observers implements RunObserver {
  private static final LimitedLog LOG = new LimitedLog(LoggerFactory.getLogger(Observers.class));

  private final List<RunObserver> observers;

  private Observers(List<RunObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  /** All of these, in this order. */
  public static RunObserver of(RunObserver... observers) {
    return new Observers(List.of(observers));
  }

  @Override
  public void onStarted(RunStarted started) {
    each(observer -> observer.onStarted(started));
  }

  @Override
  public void onResumed(RunStarted started, Outcome outcome) {
    each(observer -> observer.onResumed(started, outcome));
  }

  @Override
  public void onStep(StepObserved step, Outcome outcome) {
    each(observer -> observer.onStep(step, outcome));
  }

  @Override
  public void onRegimeChanged(RegimeChanged change) {
    each(observer -> observer.onRegimeChanged(change));
  }

  @Override
  public void onFlowFitted(FlowFitted flow) {
    each(observer -> observer.onFlowFitted(flow));
  }

  @Override
  public void onRejected(Rejected rejected) {
    each(observer -> observer.onRejected(rejected));
  }

  @Override
  public void onReleased(String runId) {
    each(observer -> observer.onReleased(runId));
  }

  private void each(Consumer<RunObserver> call) {
    for (RunObserver observer : observers) {
      try {
        call.accept(observer);
      } catch (RuntimeException e) {
        LOG.error(
            "calls in which " + observer.getClass().getName() + " failed",
            () -> observer.getClass() + " failed; the record is processed all the same",
            e);
      }
    }
  }
}
