package brink.monitor.metrics;

import brink.monitor.text.Excerpt;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records that were set aside: counted by reason, and when the last one was, by reason and run.
 * Safe for use by several threads.
 */
final class RejectionMeters {
  private static final String PREFIX = "REJECTION_REASON_";

  /** An alert on them looks back five minutes. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  /** Ids of runs that are made up by a broken producer must not fill the memory. */
  private static final int MOST = 1_000;

  private static final int MOST_CHARACTERS = 200;

  private final MeterRegistry registry;
  private final Map<RejectionReason, Counter> counters = new EnumMap<>(RejectionReason.class);
  private final Map<Tags, Last> last = new LinkedHashMap<>(16, 0.75f, true);

  private record Last(Instant at, OptionalGauge gauge) {}

  RejectionMeters(MeterRegistry registry) {
    this.registry = registry;
    for (RejectionReason reason : RejectionReason.values()) {
      if (reason != RejectionReason.REJECTION_REASON_UNSPECIFIED
          && reason != RejectionReason.UNRECOGNIZED) {
        counters.put(reason, counter(registry, reason));
      }
    }
  }

  synchronized void count(Rejected record, Instant at) {
    Counter counter = counters.get(record.getReason());
    if (counter == null) {
      return;
    }
    counter.increment();
    Tags tags =
        Tags.of(
            "reason",
            label(record.getReason()),
            "run",
            Excerpt.of(record.getRunId(), MOST_CHARACTERS));
    Last before = last.get(tags);
    OptionalGauge gauge =
        before == null ? new OptionalGauge(registry, Measure.REJECTED_AT, tags) : before.gauge;
    gauge.show((double) at.getEpochSecond());
    last.put(tags, new Last(at, gauge));
    if (last.size() > MOST) {
      removeFirst();
    }
  }

  /** Lets those go that are of long ago. */
  synchronized void forget(Instant now) {
    while (!last.isEmpty() && last.values().iterator().next().at.isBefore(now.minus(REMEMBERED))) {
      removeFirst();
    }
  }

  private void removeFirst() {
    Iterator<Last> first = last.values().iterator();
    first.next().gauge.hide();
    first.remove();
  }

  private static Counter counter(MeterRegistry registry, RejectionReason reason) {
    return Counter.builder("brink.rejected")
        .description("Records, and findings about records, that went to brink.rejected.")
        .tag("reason", label(reason))
        .register(registry);
  }

  private static String label(RejectionReason reason) {
    return reason.name().substring(PREFIX.length());
  }
}
