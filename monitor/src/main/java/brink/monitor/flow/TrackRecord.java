package brink.monitor.flow;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How past forecasts of this episode, at the shortest horizon, came out; immutable. Every way of
 * forecasting makes one silently, {@value #WAITING} times within the horizon, which is held against
 * what sharpness did when its time has come. So the way that was nearest to the truth can be
 * chosen, and the errors that it claims be put right.
 *
 * @param waiting forecasts whose time has not come, oldest first
 * @param tallies of each way
 */
record TrackRecord(List<Pending> waiting, List<Tally> tallies) {
  /** Ways of forecasting. */
  static final int WAYS = 2;

  /** Forecasts that wait for their time. */
  private static final int WAITING = 4;

  static final TrackRecord EMPTY = new TrackRecord(List.of(), List.of(Tally.EMPTY, Tally.EMPTY));

  /**
   * Forecasts made at one moment.
   *
   * @param due τ that they are for
   * @param values forecast and claimed error of log λ₁, way by way; NaN where there was none
   */
  @SuppressWarnings("ArrayRecordComponent") // never changed, never compared
  record Pending(double due, float[] values) {
    double error(int way, double truth) {
      return values[2 * way] - truth;
    }

    double claimed(int way) {
      return values[2 * way + 1];
    }
  }

  /**
   * With forecasts made now, if it is time for some.
   *
   * @param outlooks null where a way has none
   */
  TrackRecord with(double now, double horizon, List<@Nullable Outlook> outlooks) {
    double due = now + horizon;
    boolean early = !waiting.isEmpty() && due < waiting.getLast().due() + horizon / WAITING;
    if (early || waiting.size() == WAITING) {
      return this;
    }
    float[] values = new float[2 * WAYS];
    for (int way = 0; way < WAYS; way++) {
      Outlook outlook = outlooks.get(way);
      values[2 * way] = outlook == null ? Float.NaN : (float) outlook.logSharpness(due);
      values[2 * way + 1] = outlook == null ? Float.NaN : (float) outlook.error(due);
    }
    List<Pending> longer = new ArrayList<>(waiting);
    longer.add(new Pending(due, values));
    return new TrackRecord(List.copyOf(longer), tallies);
  }

  /** With the oldest of them checked, if the bins around its time have closed. */
  TrackRecord checked(FlowHistory bins, double width) {
    if (waiting.isEmpty() || bins.size() < 2 || bins.lastTime() < waiting.getFirst().due()) {
      return this;
    }
    Pending first = waiting.getFirst();
    int last = bins.size() - 1;
    List<Pending> rest = waiting.subList(1, waiting.size());
    // After a gap the bins that had to be looked at are not the newest any more.
    if (bins.time(last - 1) > first.due() + width) {
      return new TrackRecord(List.copyOf(rest), tallies);
    }
    double truth = (bins.logSharpness(last) + bins.logSharpness(last - 1)) / 2;
    List<Tally> next = new ArrayList<>();
    for (int way = 0; way < WAYS; way++) {
      next.add(tallies.get(way).with(first.error(way, truth), first.claimed(way)));
    }
    return new TrackRecord(List.copyOf(rest), List.copyOf(next));
  }

  Tally tally(int way) {
    return tallies.get(way);
  }

  void write(StateWriter out) {
    out.put((byte) waiting.size());
    for (Pending pending : waiting) {
      out.put(pending.due());
      for (float value : pending.values()) {
        out.put(value);
      }
    }
    tallies.forEach(tally -> tally.write(out));
  }

  static TrackRecord read(StateReader in) {
    int size = in.getByte();
    List<Pending> waiting = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double due = in.getDouble();
      float[] values = new float[2 * WAYS];
      for (int k = 0; k < values.length; k++) {
        values[k] = in.getFloat();
      }
      waiting.add(new Pending(due, values));
    }
    List<Tally> tallies = new ArrayList<>();
    for (int way = 0; way < WAYS; way++) {
      tallies.add(Tally.read(in));
    }
    return new TrackRecord(List.copyOf(waiting), List.copyOf(tallies));
  }
}
