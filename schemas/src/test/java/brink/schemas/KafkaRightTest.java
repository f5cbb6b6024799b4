package brink.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;

final class KafkaRightTest {
  @Test
  void command_ofAUserWithAName_namesItAndNotThePassword() {
    KafkaSettings alice =
        new KafkaSettings(
            "kafka:9093",
            Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required"
                    + " username=\"alice\" password=\"wonderland\";"));

    assertThat(KafkaRight.ofAllTopics(AclOperation.WRITE).command(alice))
        .isEqualTo(
            "kafka-acls --bootstrap-server kafka:9093 --command-config ADMIN.properties --add"
                + " --allow-principal User:alice --operation Write --topic brink."
                + " --resource-pattern-type prefixed");
  }

  @Test
  void command_ofAGroup_namesTheGroup() {
    assertThat(KafkaRight.ofGroup(AclOperation.READ, "brink-monitor").command(null))
        .endsWith("--allow-principal User:NAME --operation Read --group brink-monitor");
  }

  @Test
  void words_always_sayWhatMayBeDoneToWhat() {
    assertThat(KafkaRight.of(AclOperation.DESCRIBE_CONFIGS, Topic.STEPS).words())
        .isEqualTo("DESCRIBE_CONFIGS on topic brink.steps");
    assertThat(KafkaRight.ofAllTopics(AclOperation.READ).words())
        .isEqualTo("READ on topic brink.*");
  }
}
