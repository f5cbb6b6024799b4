package brink.distribution.producers;

import static org.assertj.core.api.Assertions.assertThat;

import brink.monitor.contract.Statement;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ProducersPageTest {
  @Test
  void table_ofVerdictsAndFields_isThatOfTheContract() throws IOException {
    List<List<String>> rows =
        Stream.of(Statement.values())
            .map(each -> List.of(each.label(), each.needs().isEmpty() ? "–" : each.needed()))
            .toList();

    assertThat(ProducersPage.read().table("what the monitor says")).isEqualTo(rows);
  }
}
