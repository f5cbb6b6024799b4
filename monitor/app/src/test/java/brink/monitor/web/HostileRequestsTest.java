package brink.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import brink.monitor.catalogue.RunDirectory;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.series.MadeUpSource;
import brink.monitor.series.SeriesStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileRequestsTest {
  private static final String HOST = "Host: 127.0.0.1\r\n";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Larger than the 4 MiB that Linux buffers, so that an answer waits for its reader. */
  private static final String LARGE = "brink_loss{run=\"a\"} 0.5\n".repeat(200_000);

  private static final HttpLimits LIMITS =
      new HttpLimits(
          300,
          4,
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          8 << 10,
          1 << 10,
          Duration.ofMillis(100));

  /** By which no answer is given up for longer than a client waits for a scrape. */
  private static final HttpLimits PATIENT =
      new HttpLimits(
          LIMITS.connections(),
          LIMITS.eventStreams(),
          LIMITS.request(),
          Duration.ofMinutes(10),
          LIMITS.headerBytes(),
          LIMITS.bodyBytes(),
          LIMITS.heartbeat());

  private final MonitorServer server;

  private final SeriesStore series;
  private final EventHub events = new EventHub("test");

  HostileRequestsTest(@TempDir Path folder) throws IOException {
    series = MadeUpSource.store(folder, () -> 0);
    server = server(LIMITS);
  }

  private MonitorServer server(HttpLimits limits) throws IOException {
    return MonitorServer.start(
        HttpSettings.at("127.0.0.1", 0), limits, api(), new PageFiles("brink/monitor/web/nopage/"));
  }

  private Api api() {
    MadeUpApi api = new MadeUpApi();
    api.scrape = _ -> LARGE;
    return api.of(new NoRuns(), series, events);
  }

  @AfterEach
  void close() {
    server.close();
    series.close();
    events.close();
  }

  @Test
  void request_thatNeverEnds_isClosedAndHarmsNoScrape() throws IOException {
    try (RawClient half = client().send("GET /metrics HTTP/1.1\r\n" + HOST + "X-A: ")) {
      assertScrapeWorks();
      // Kept from standing still, which another limit is for.
      Thread drip =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (!Thread.currentThread().isInterrupted()) {
                        half.send("a");
                        Thread.onSpinWait();
                      }
                    } catch (IOException e) {
                      // The server closed it, as it should.
                    }
                  });
      await().atMost(PATIENCE).until(() -> !drip.isAlive());
    }
  }

  @Test
  void connection_thatSaysNothing_isClosed() throws IOException {
    try (RawClient silent = client()) {
      assertThat(silent.readToEnd()).doesNotContain("200 OK");
    }
  }

  @Test
  void headers_thatAreHuge_are431InJson() throws IOException {
    try (RawClient client =
        client().send("GET / HTTP/1.1\r\n" + HOST + "X-A: " + "a".repeat(20_000) + "\r\n\r\n")) {
      assertThat(client.readToEnd()).contains("HTTP/1.1 431", "\"error\":");
    }
    assertScrapeWorks();
  }

  @Test
  void host_ofAStranger_is421AndSaysTheRemedy() throws IOException {
    try (RawClient client = client().send("GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n")) {
      assertThat(client.readUntil("}")).contains("HTTP/1.1 421", "--http-allowed-host");
    }
  }

  @Test
  void request_withoutAHost_isServedByHttp10AsContainersAsk() throws IOException {
    try (RawClient client = client().send("GET /health/ready HTTP/1.0\r\n\r\n")) {
      assertThat(client.readToEnd()).contains(" 200 ");
    }
  }

  @Test
  void text_thatIsNoHttp_is400() throws IOException {
    try (RawClient client = client().send("\u0016\u0003\u0001 hello\r\n\r\n")) {
      assertThat(client.readToEnd()).contains("HTTP/1.1 400");
    }
    assertScrapeWorks();
  }

  @Test
  void path_thatIsBadlyEncoded_is400() throws IOException {
    try (RawClient client =
        client().send("GET /api/runs/%zz HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n")) {
      assertThat(client.readToEnd()).contains("HTTP/1.1 400");
    }
  }

  @Test
  void body_thatDoesNotCome_isGivenUp() throws IOException {
    try (RawClient client =
        client()
            .send(
                "PUT /api/runs/a/note HTTP/1.1\r\n"
                    + HOST
                    + "Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{")) {
      assertThat(client.readToEnd()).doesNotContain("200 OK");
    }
    assertScrapeWorks();
  }

  @Test
  void body_thatIsNoText_is400() throws IOException {
    try (RawClient client =
        client()
            .send(
                "PUT /api/runs/a/note HTTP/1.1\r\n"
                    + HOST
                    + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n\u00ff\u00ff")) {
      assertThat(client.readUntil("}")).contains("HTTP/1.1 400", "UTF-8");
    }
  }

  @Test
  void answers_thatNobodyReads_delayNoScrape() throws IOException {
    List<RawClient> unread = new ArrayList<>();
    try (MonitorServer patient = server(PATIENT)) {
      for (int i = 0; i < 200; i++) {
        RawClient client = RawClient.small(patient.uri());
        unread.add(client);
        client.send("GET /metrics HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
        client.readUntil("HTTP/1.1 200 OK");
      }

      assertScrapeWorks(patient);

      // That they were waiting all the time shows in that one of them still gets all of it.
      assertThat(unread.getLast().readToEnd()).endsWith(LARGE);
    } finally {
      for (RawClient client : unread) {
        client.close();
      }
    }
  }

  private void assertScrapeWorks() throws IOException {
    assertScrapeWorks(server);
  }

  private static void assertScrapeWorks(MonitorServer asked) throws IOException {
    try (RawClient client =
        new RawClient(asked.uri())
            .send("HEAD /metrics HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n")) {
      assertThat(client.readToEnd())
          .contains("HTTP/1.1 200 OK", "Content-Length: " + LARGE.length());
    }
  }

  private RawClient client() throws IOException {
    return new RawClient(server.uri());
  }

  private static final class NoRuns implements RunDirectory {
    @Override
    public List<RunEntry> runs() {
      return List.of();
    }

    @Override
    public @Nullable RunEntry run(String runId) {
      return null;
    }
  }
}
