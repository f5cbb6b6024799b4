package brink.monitor.web;

import brink.monitor.catalogue.RejectedDirectory;
import brink.monitor.catalogue.RejectedEntry;
import brink.monitor.text.Printable;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** {@code /api/rejected}. */
final class RejectedRoutes {
  private static final String PREFIX = "REJECTION_REASON_";
  private static final Set<RejectionReason> KNOWN =
      EnumSet.complementOf(EnumSet.of(RejectionReason.UNRECOGNIZED));

  private final RejectedDirectory rejected;

  RejectedRoutes(RejectedDirectory rejected) {
    this.rejected = rejected;
  }

  /** A page of the newest. */
  Reply answer(WebRequest request) {
    QueryParameters parameters = QueryParameters.of(request.query());
    Page page = Page.of(parameters);
    String runId = parameters.text("run_id");
    Set<RejectionReason> reasons = parameters.constants("reason", PREFIX, KNOWN);
    List<RejectedEntry> matching =
        rejected.newest().stream()
            .filter(entry -> runId == null || runId.equals(entry.rejected().getRunId()))
            .filter(entry -> reasons.isEmpty() || reasons.contains(entry.rejected().getReason()))
            .toList();
    JsonArray array = new JsonArray();
    page.of(matching).forEach(entry -> array.add(json(entry)));
    return Reply.json(array).with(page.headers("/api/rejected", request.query(), matching.size()));
  }

  private static JsonObject json(RejectedEntry entry) {
    Rejected rejected = entry.rejected();
    JsonObject json = new JsonObject();
    json.addProperty("rejected_at", Instant.ofEpochMilli(Math.max(0, entry.at())).toString());
    json.addProperty("topic", Printable.of(rejected.getTopic()));
    json.addProperty("partition", rejected.getPartition());
    json.addProperty("offset", Long.toString(rejected.getOffset()));
    json.addProperty(
        "reason",
        rejected.getReason() == RejectionReason.UNRECOGNIZED
            ? RejectionReason.REJECTION_REASON_UNSPECIFIED.name()
            : rejected.getReason().name());
    json.addProperty("detail", Printable.of(rejected.getDetail()));
    json.addProperty("run_id", Printable.of(rejected.getRunId()));
    if (rejected.hasStep()) {
      json.addProperty("step", Long.toString(rejected.getStep()));
    }
    json.addProperty("key", Printable.of(rejected.getKey().toStringUtf8()));
    json.addProperty("value_bytes", entry.valueBytes());
    json.addProperty("value", HexFormat.of().formatHex(rejected.getValue().toByteArray()));
    return json;
  }
}
