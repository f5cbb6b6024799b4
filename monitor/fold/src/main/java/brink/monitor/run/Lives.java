package brink.monitor.run;

import brink.monitor.run.Life.End;
import brink.monitor.run.Life.Resumption;
import brink.monitor.state.StateReader;
import brink.monitor.state.StateWriter;
import brink.v1.Regime;
import brink.v1.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ends and resumptions of a run. They travel on another topic than the steps and may come long
 * before the steps that they are about: each takes effect when its turn has come among the steps,
 * so that verdicts do not depend on which topic was read first.
 *
 * @param resumptions how many have taken effect
 * @param ended the end that is in effect; null while the run goes on
 * @param before regime before that end
 * @param inherited last step used before the present life; −1 in the first
 * @param pending those that wait for steps, in the order of the topic; the first is an end
 */
record Lives(
    int resumptions, @Nullable End ended, Regime before, long inherited, List<Life> pending) {
  /** Most that wait; a run that was resumed more often is a fault of its producer. */
  static final int MOST = 1024;

  static final Lives FIRST = new Lives(0, null, Regime.REGIME_STARTING, -1, List.of());

  /** The end that was read last and that no resumption follows; null while the run goes on. */
  @Nullable End lastEnd() {
    if (pending.isEmpty()) {
      return ended;
    }
    return pending.getLast() instanceof End end ? end : null;
  }

  /** The end that takes effect next; null if none was read. */
  @Nullable End nextEnd() {
    return pending.isEmpty() ? null : (End) pending.getFirst();
  }

  /** Resumptions that were read, whether they have taken effect or not. */
  int known() {
    int known = resumptions;
    for (Life life : pending) {
      known += life instanceof Resumption ? 1 : 0;
    }
    return known;
  }

  /** Last step of the present life as far as it is known. */
  long limit() {
    End end = nextEnd() == null ? ended : nextEnd();
    if (end == null) {
      return Long.MAX_VALUE;
    }
    Resumption next = nextResumption();
    return end.isOpen() && next != null ? next.step() - 1 : end.lastStep();
  }

  /** Whether the run is over as soon as nothing more comes of it. */
  boolean endWhenSilent() {
    End end = nextEnd();
    return end != null && end.isOpen() && pending.size() == 1;
  }

  /** Whether one more may wait. */
  boolean isFull() {
    return pending.size() >= MOST;
  }

  /** With one more from the topic. */
  Lives with(Life next) {
    List<Life> more = new ArrayList<>(pending);
    more.add(next);
    return new Lives(resumptions, ended, before, inherited, List.copyOf(more));
  }

  /** The first resumption that waits; null if none does. */
  @Nullable Resumption nextResumption() {
    return pending.stream()
        .filter(Resumption.class::isInstance)
        .map(Resumption.class::cast)
        .findFirst()
        .orElse(null);
  }

  /** The first that waits is this end, and it takes effect. */
  Lives ended(End end, Regime regime) {
    return new Lives(resumptions, end, regime, inherited, rest());
  }

  /** The end in effect, or the one that waits first, does not tell the last step any more. */
  Lives opened(End end) {
    List<Life> opened = new ArrayList<>();
    opened.add(end.opened());
    opened.addAll(ended == null ? rest() : pending);
    return new Lives(resumptions, null, Regime.REGIME_STARTING, inherited, List.copyOf(opened));
  }

  /**
   * The first that waits is a resumption, and it takes effect.
   *
   * @param lastUsed last step used so far; −1 if none was
   */
  Lives resumed(long lastUsed) {
    return new Lives(resumptions + 1, null, Regime.REGIME_STARTING, lastUsed, rest());
  }

  private List<Life> rest() {
    return pending.subList(1, pending.size());
  }

  /** Bytes beyond those of a run of which none waits. */
  int extraBytes() {
    return pending.size() * (1 + Long.BYTES + Integer.BYTES);
  }

  void write(StateWriter out) {
    out.put(resumptions).putPresence(ended != null);
    if (ended != null) {
      write(out, ended);
      out.put((byte) before.getNumber());
    }
    out.put(inherited);
    out.put(pending.size());
    pending.forEach(life -> write(out, life));
  }

  private static void write(StateWriter out, Life life) {
    switch (life) {
      case End(long lastStep, RunStatus status) ->
          out.putPresence(true).put(lastStep).put(number(status));
      case Resumption(long step) -> out.putPresence(false).put(step);
    }
  }

  // A newer producer's status has no number that this program could write.
  private static int number(RunStatus status) {
    return status == RunStatus.UNRECOGNIZED ? 0 : status.getNumber();
  }

  static Lives read(StateReader in) {
    int resumptions = in.getInt();
    End ended = in.isPresent() ? (End) readLife(in) : null;
    Regime before = ended == null ? Regime.REGIME_STARTING : Regime.forNumber(in.getByte());
    long inherited = in.getLong();
    int size = in.getInt();
    if (size < 0 || size > MOST) {
      throw new IllegalArgumentException(size + " ends and resumptions wait, at most " + MOST);
    }
    List<Life> pending = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      pending.add(readLife(in));
    }
    return new Lives(
        resumptions, ended, Objects.requireNonNull(before), inherited, List.copyOf(pending));
  }

  private static Life readLife(StateReader in) {
    return in.isPresent()
        ? new End(in.getLong(), Objects.requireNonNull(RunStatus.forNumber(in.getInt())))
        : new Resumption(in.getLong());
  }
}
