package brink.monitor.flow;

import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * How past forecasts of this episode at one horizon came out; immutable. Every way of forecasting
 * makes one silently, {@value #WAITING} times within the horizon, which is held against what
 * sharpness did when its time has come.
 *
 * @param waiting forecasts whose time has not come, oldest first
 * @param tallies of each way
 */
record HorizonRecord(List<Pending> waiting, List<Tally> tallies) {
  /** Ways of forecasting. */
  static final int WAYS = 2;

  /** Forecasts that wait for their time. */
  private static final int WAITING = 4;

  static final HorizonRecord EMPTY =
      new HorizonRecord(List.of(), List.of(Tally.EMPTY, Tally.EMPTY));

  /**
   * A forecast of log λ₁.
   *
   * @param value NaN where there was none
   * @param error that it claims
   */
  record Guess(float value, float error) {
    static final Guess NONE = new Guess(Float.NaN, Float.NaN);
  }

  /**
   * Forecasts made at one moment.
   *
   * @param due τ that they are for
   * @param guesses way by way
   */
  record Pending(double due, List<Guess> guesses) {}

  /** Whether it is time for another one. */
  boolean takes(double now, double horizon) {
    return waiting.size() < WAITING
        && (waiting.isEmpty() || now + horizon >= waiting.getLast().due() + horizon / WAITING);
  }

  HorizonRecord with(Pending made) {
    List<Pending> longer = new ArrayList<>(waiting);
    longer.add(made);
    return new HorizonRecord(List.copyOf(longer), tallies);
  }

  /** With the oldest of them checked, if the bins around its time have closed. */
  HorizonRecord checked(FlowHistory bins, double width) {
    if (waiting.isEmpty() || bins.size() < 2 || bins.lastTime() < waiting.getFirst().due()) {
      return this;
    }
    Pending first = waiting.getFirst();
    List<Pending> rest = List.copyOf(waiting.subList(1, waiting.size()));
    int last = bins.size() - 1;
    // After a gap the bins that had to be looked at are not the newest any more.
    if (bins.time(last - 1) > first.due() + width) {
      return new HorizonRecord(rest, tallies);
    }
    double truth = (bins.logSharpness(last) + bins.logSharpness(last - 1)) / 2;
    List<Tally> next = new ArrayList<>();
    for (int way = 0; way < WAYS; way++) {
      Guess guess = first.guesses().get(way);
      next.add(tallies.get(way).with(guess.value() - truth, guess.error()));
    }
    return new HorizonRecord(rest, List.copyOf(next));
  }

  void write(StateWriter out) {
    out.put((byte) waiting.size());
    for (Pending pending : waiting) {
      out.put(pending.due());
      pending.guesses().forEach(guess -> out.put(guess.value()).put(guess.error()));
    }
    tallies.forEach(tally -> tally.write(out));
  }

  static HorizonRecord read(StateReader in) {
    int size = in.getByte();
    List<Pending> waiting = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double due = in.getDouble();
      List<Guess> guesses = new ArrayList<>();
      for (int way = 0; way < WAYS; way++) {
        guesses.add(new Guess(in.getFloat(), in.getFloat()));
      }
      waiting.add(new Pending(due, List.copyOf(guesses)));
    }
    List<Tally> tallies = new ArrayList<>();
    for (int way = 0; way < WAYS; way++) {
      tallies.add(Tally.read(in));
    }
    return new HorizonRecord(List.copyOf(waiting), List.copyOf(tallies));
  }
}
