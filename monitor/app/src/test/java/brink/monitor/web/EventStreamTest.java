package brink.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.outcome.RunOutcome;
import brink.monitor.series.MadeUpSource;
import brink.monitor.series.SeriesStore;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStreamTest {
  private static final int PLACES = 6;
  private static final HttpLimits LIMITS =
      new HttpLimits(
          100,
          PLACES,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          8 << 10,
          1 << 10,
          Duration.ofMillis(200));

  private final EventHub hub = new EventHub("epoch", Duration.ofMillis(20));
  private final SeriesStore series;
  private final MonitorServer server;

  EventStreamTest(@TempDir Path folder) throws IOException {
    series = MadeUpSource.store(folder, () -> 0);
    hub.tellOf(new OneRun());
    server =
        MonitorServer.start(
            HttpSettings.at("127.0.0.1", 0),
            LIMITS,
            new MadeUpApi().of(new OneRun(), series, hub),
            new PageFiles("brink/monitor/web/nopage/"));
  }

  @AfterEach
  void close() {
    server.close();
    series.close();
    hub.close();
  }

  @Test
  void events_asTheyHappen_comeWithTheirIds() throws IOException {
    try (RawClient client = listen("", "")) {
      client.readUntil("retry: 1000");
      hub.onRegimeChanged(change("a", 340));

      assertThat(client.readUntil("id: epoch-1") + client.readUntil("}\n\n"))
          .contains("event: regime", "\"detected_at_step\":\"340\"");

      hub.onChanged("a");
      String told = client.readUntil("event: run") + client.readUntil("}\n\n");
      assertThat(told)
          .contains("event: progress\ndata: {\"run_id\":\"a\",\"last_step\":\"7\"}")
          .contains("\"regime\":\"REGIME_STARTING\"");
    }
  }

  @Test
  void listener_thatComesBack_getsWhatItMissed() throws IOException {
    String id;
    try (RawClient client = listen("", "")) {
      client.readUntil("retry: 1000");
      hub.onRegimeChanged(change("a", 1));
      Matcher first = Pattern.compile("id: (\\S+)").matcher(client.readUntil("}\n\n"));
      assertThat(first.find()).isTrue();
      id = first.group(1);
    }
    hub.onRegimeChanged(change("a", 2));
    hub.onRegimeChanged(change("a", 3));

    try (RawClient client = listen("", "Last-Event-ID: " + id + "\r\n")) {
      String missed = client.readUntil("\"detected_at_step\":\"3\"");
      assertThat(missed).contains("\"detected_at_step\":\"2\"").doesNotContain("reset");
      assertThat(missed).doesNotContain("\"detected_at_step\":\"1\"");
    }
  }

  @Test
  void listener_ofAnEarlierMonitorOrOfLongAgo_isTold() throws IOException {
    for (int step = 0; step < 5_000; step++) {
      hub.onRegimeChanged(change("a", step));
    }
    for (String id : List.of("earlier-3", "epoch-1", "epoch-99999", "epoch-x", "nonsense")) {
      try (RawClient client = listen("", "Last-Event-ID: " + id + "\r\n")) {
        assertThat(client.readUntil("{}\n\n"))
            .as(id)
            .contains("id: epoch-5000\nevent: reset\ndata: {}")
            .doesNotContain("event: regime");
      }
    }
  }

  @Test
  void listener_ofOneRun_hearsOfNoOther() throws IOException {
    try (RawClient client = listen("?run_id=b&run_id=c", "")) {
      client.readUntil("retry: 1000");
      hub.onRegimeChanged(change("a", 1));
      hub.onRegimeChanged(change("b", 2));

      assertThat(client.readUntil("\"detected_at_step\":\"2\"")).doesNotContain("\"run_id\":\"a\"");
    }
  }

  @Test
  void stream_withoutEvents_hasAHeartbeat() throws IOException {
    try (RawClient client = listen("", "")) {
      assertThat(client.readUntil(": heartbeat")).contains("text/event-stream");
    }
  }

  @Test
  void listeners_beyondTheirNumber_are503() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < PLACES; i++) {
        RawClient client = listen("", "");
        clients.add(client);
        client.readUntil("retry");
      }
      try (RawClient more = listen("", "")) {
        assertThat(more.readUntil("}")).contains(" 503");
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void listeners_thatLeft_makeRoom() throws IOException {
    for (int i = 0; i < 2 * PLACES; i++) {
      try (RawClient client = listen("", "")) {
        String begin = client.readUntil("\r\n");
        while (begin.contains("503")) {
          try (RawClient again = listen("", "")) {
            begin = again.readUntil("\r\n");
          }
        }
        assertThat(begin).contains("200");
      }
    }
  }

  /** By HTTP/1.0, whose bodies are not cut into chunks. */
  private RawClient listen(String query, String headers) throws IOException {
    return new RawClient(server.uri())
        .send("GET /api/events" + query + " HTTP/1.0\r\nHost: 127.0.0.1\r\n" + headers + "\r\n");
  }

  private static RegimeChanged change(String runId, long step) {
    return RegimeChanged.newBuilder()
        .setRunId(runId)
        .setTo(Regime.REGIME_EDGE)
        .setDetectedAtStep(step)
        .build();
  }

  private static final class OneRun implements RunDirectory {
    @Override
    public List<RunEntry> runs() {
      return List.of();
    }

    @Override
    public @Nullable RunEntry run(String runId) {
      return new RunEntry(runId, null, null, List.of(), null, RunOutcome.NONE, 7L, Instant.EPOCH);
    }
  }
}
