package brink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void size_withoutTerminal_isUnbounded() {
    Terminal none = Terminal.of(false, Map.of("COLUMNS", "80"), () -> "24 80");

    assertThat(none.isOne()).isFalse();
    assertThat(none.columns()).isEqualTo(Terminal.UNBOUNDED);
  }

  @Test
  void size_byTheEnvironment_wins() {
    Terminal set = Terminal.of(true, Map.of("COLUMNS", "132", "LINES", "50"), () -> "24 80\n");

    assertThat(set).isEqualTo(new Terminal(132, 50));
  }

  @Test
  void size_byTheSystem_isTaken() {
    assertThat(Terminal.of(true, Map.of(), () -> "40 100\n")).isEqualTo(new Terminal(100, 40));
    assertThat(Terminal.of(true, Map.of("COLUMNS", "90"), () -> "40 100\n"))
        .isEqualTo(new Terminal(90, 40));
  }

  @Test
  void size_notKnown_isTheUsual() {
    assertThat(Terminal.of(true, Map.of("COLUMNS", "wide"), () -> ""))
        .isEqualTo(new Terminal(80, 24));
    assertThat(Terminal.of(true, Map.of(), () -> "0 0\n")).isEqualTo(new Terminal(80, 24));
  }
}
