package brink.monitor.run;

import brink.v1.RejectionReason;

/**
 * A finding about one record that goes to {@code brink.rejected}.
 *
 * @param reason which kind
 * @param detail one sentence that names the field or step, and the remedy
 */
public record Rejection(RejectionReason reason, String detail) {}
