package brink.monitor.web;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.catalogue.RunListener;
import brink.v1.RegimeChanged;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What happens to runs, for everybody who listens: the newest events in one list, in which each
 * listener has a place of its own. A listener who is slow holds nothing, and one who comes back
 * goes on where it was, or is told that this is too long ago.
 */
public final class EventHub implements RunListener, AutoCloseable {
  /** Events that are kept: some minutes of a few runs, a few MiB at most. */
  private static final int KEPT = 2_048;

  /** A run's progress is told at most so often. */
  private static final Duration PACE = Duration.ofMillis(500);

  /** Runs that are told of at a time; the others have their turn next. */
  private static final int RUNS_AT_A_TIME = 200;

  /** A summary goes out with every so many tellings of a run's progress. */
  private static final int SUMMARY_EVERY = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final ArrayDeque<Event> events = new ArrayDeque<>();

  /** Runs to tell of, and whether more of them has changed than their step. */
  private final Map<String, Boolean> pending = new LinkedHashMap<>();

  private final String epoch;
  private final ScheduledExecutorService pace;
  private @Nullable RunDirectory runs;
  private long next = 1;
  private long rounds;
  private boolean closed;

  /**
   * A hub.
   *
   * @param epoch tells this start of the monitor from others: letters and digits
   */
  public EventHub(String epoch) {
    this(epoch, PACE);
  }

  EventHub(String epoch, Duration pace) {
    this.epoch = epoch;
    this.pace =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("brink-events").daemon().factory());
    var _ =
        this.pace.scheduleWithFixedDelay(
            this::tell, pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Summaries come from here; nothing is told before. */
  public void tellOf(RunDirectory directory) {
    lock.lock();
    try {
      runs = directory;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onChanged(String runId) {
    note(runId, true);
  }

  @Override
  public void onStep(String runId, long step) {
    note(runId, false);
  }

  @Override
  public void onRegimeChanged(RegimeChanged change) {
    publish(Event.REGIME, change.getRunId(), Json.line(change));
  }

  @Override
  public void close() {
    pace.shutdownNow();
    lock.lock();
    try {
      closed = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The id that a client sends back. */
  String id(Event event) {
    return epoch + "-" + event.number();
  }

  /**
   * Listens from now on, or from where the client was.
   *
   * @param lastEventId what it came with; null for a new one
   */
  Listener listen(@Nullable String lastEventId) {
    lock.lock();
    try {
      if (lastEventId == null) {
        return new Listener(next, false);
      }
      long after = after(lastEventId);
      boolean known = after >= oldest() && after <= next;
      return new Listener(known ? after : next, !known);
    } finally {
      lock.unlock();
    }
  }

  private long after(String id) {
    int dash = id.lastIndexOf('-');
    if (dash < 0 || !id.substring(0, dash).equals(epoch)) {
      return -1;
    }
    try {
      return Long.parseLong(id.substring(dash + 1)) + 1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private long oldest() {
    return next - events.size();
  }

  private void note(String runId, boolean changed) {
    lock.lock();
    try {
      pending.merge(runId, changed, Boolean::logicalOr);
    } finally {
      lock.unlock();
    }
  }

  private void tell() {
    List<Map.Entry<String, Boolean>> due = new ArrayList<>();
    RunDirectory directory;
    boolean withSummary;
    lock.lock();
    try {
      directory = runs;
      withSummary = rounds++ % SUMMARY_EVERY == 0;
      Iterator<Map.Entry<String, Boolean>> all = pending.entrySet().iterator();
      while (all.hasNext() && due.size() < RUNS_AT_A_TIME) {
        Map.Entry<String, Boolean> run = all.next();
        due.add(Map.entry(run.getKey(), run.getValue()));
        all.remove();
      }
    } finally {
      lock.unlock();
    }
    if (directory != null) {
      for (Map.Entry<String, Boolean> run : due) {
        tell(directory, run.getKey(), run.getValue() || withSummary);
      }
    }
  }

  private void tell(RunDirectory directory, String runId, boolean withSummary) {
    RunEntry run = directory.run(runId);
    if (run == null) {
      return;
    }
    if (run.lastStep() != null) {
      JsonObject progress = new JsonObject();
      progress.addProperty("run_id", run.runId());
      progress.addProperty("last_step", run.lastStep().toString());
      publish(Event.PROGRESS, run.runId(), progress.toString());
    }
    if (withSummary) {
      publish(Event.RUN, run.runId(), RunSummaries.of(run, directory.vitals(runId)).toString());
    }
  }

  private void publish(String type, String runId, String data) {
    lock.lock();
    try {
      events.add(new Event(next++, type, runId, data));
      if (events.size() > KEPT) {
        events.removeFirst();
      }
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A place in the list of events; for one thread. */
  final class Listener {
    private long place;
    private boolean reset;

    Listener(long place, boolean reset) {
      this.place = place;
      this.reset = reset;
    }

    /**
     * Waits for events.
     *
     * @return those that came; empty after the time; null when there will be no more
     */
    @Nullable List<Event> await(Duration patience) throws InterruptedException {
      lock.lock();
      try {
        long left = patience.toNanos();
        while (!closed && !reset && place == next && left > 0) {
          left = more.awaitNanos(left);
        }
        return closed ? null : taken();
      } finally {
        lock.unlock();
      }
    }

    private List<Event> taken() {
      if (reset || place < oldest()) {
        reset = false;
        place = next;
        return List.of(new Event(next - 1, Event.RESET, "", "{}"));
      }
      List<Event> taken = new ArrayList<>();
      for (Event event : events) {
        if (event.number() >= place) {
          taken.add(event);
        }
      }
      place = next;
      return taken;
    }
  }
}
