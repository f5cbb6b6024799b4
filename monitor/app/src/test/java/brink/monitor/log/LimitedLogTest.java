package brink.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LimitedLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger("limited");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Instant now = Instant.EPOCH;
  private final LimitedLog log = new LimitedLog(logger, Duration.ofSeconds(60), () -> now);

  LimitedLogTest() {
    logger.setAdditive(false);
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void close() {
    logger.detachAppender(lines);
  }

  @Test
  void lines_ofOneCause_areOneAnIntervalAndTheNumberOfTheOthers() {
    warn("foreign records", 22_961);
    assertThat(written()).containsExactly("line 0");

    now = now.plusSeconds(60);
    warn("foreign records", 1);
    assertThat(written()).containsExactly("line 0", "22960 more times in 60 s: foreign records");

    now = now.plusSeconds(60);
    warn("foreign records", 1);
    assertThat(written()).hasSize(3).last().isEqualTo("1 more times in 60 s: foreign records");
  }

  @Test
  void lines_ofAnotherCause_areWritten() {
    warn("one", 5);
    warn("other", 5);

    assertThat(written()).containsExactly("line 0", "line 0");
  }

  @Test
  void suppressed_lines_areToldWhenAskedFor() {
    warn("one", 5);
    log.tellSuppressed();
    assertThat(written()).hasSize(1);

    now = now.plusSeconds(60);
    log.tellSuppressed();
    log.tellSuppressed();
    assertThat(written()).containsExactly("line 0", "4 more times in 60 s: one");
  }

  @Test
  void line_thatIsSuppressed_isNotMade() {
    warn("one", 1);
    log.warn(
        "one",
        () -> {
          throw new AssertionError("made for nobody");
        });

    assertThat(written()).hasSize(1);
  }

  private void warn(String cause, int times) {
    for (int i = 0; i < times; i++) {
      int number = i;
      log.warn(cause, () -> "line " + number);
    }
  }

  private List<String> written() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
