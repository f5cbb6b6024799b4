package brink.schemas;

import brink.schemas.ListenerProbe.Answer;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether Kafka listens where it is said to be. That is known at once, but Kafka's clients try
 * again for as long as their patience lasts.
 */
public final class BootstrapServers {
  /** What another server may make good. */
  private static final Set<Answer> NOBODY =
      EnumSet.of(Answer.REFUSED, Answer.UNKNOWN_HOST, Answer.SILENT);

  private BootstrapServers() {}

  /**
   * Refuses servers of which none takes a connection, and those that speak another protocol than
   * the settings ask for.
   *
   * @throws KafkaSetupException if so; {@link KafkaUnreachableException} where nothing listens
   */
  public static void requireListening(KafkaSettings settings) {
    refuse(trouble(settings, best(settings, ListenerProbe::connect)));
    requireProtocol(settings);
  }

  /**
   * Refuses servers that speak another protocol than the settings ask for. To a client without TLS
   * a TLS listener is worse than silence: it takes an alert for the size of an answer, of 336 MiB,
   * for which it asks the JVM.
   *
   * @throws KafkaSetupException if so
   */
  static void requireProtocol(KafkaSettings settings) {
    if (settings.speaksTls()) {
      return; // Kafka's client says itself what is wrong, and a broker would log our question.
    }
    Answer answer = best(settings, server -> ListenerProbe.of(server, !settings.logsIn()));
    refuse(NOBODY.contains(answer) ? null : trouble(settings, answer));
  }

  /** What is wrong with the servers; null where they speak the protocol of the settings. */
  static @Nullable KafkaTrouble trouble(KafkaSettings settings) {
    return trouble(settings, best(settings, server -> ListenerProbe.of(server, true)));
  }

  private static @Nullable KafkaTrouble trouble(KafkaSettings settings, Answer answer) {
    return switch (answer) {
      case NO_ADDRESS, LISTENS -> null;
      case UNKNOWN_HOST -> KafkaTrouble.unknownHost(settings);
      case REFUSED -> KafkaTrouble.refused(settings);
      case SILENT, CLOSED -> KafkaTrouble.silent(settings);
      case KAFKA -> settings.speaksTls() ? KafkaTrouble.tlsUnexpected(settings) : null;
      case TLS -> settings.speaksTls() ? null : KafkaTrouble.tlsExpected(settings);
      case PLAINTEXT ->
          settings.speaksTls()
              ? KafkaTrouble.tlsUnexpected(settings)
              : settings.logsIn() ? KafkaTrouble.loginUnexpected(settings) : null;
      case SASL_PLAINTEXT ->
          settings.speaksTls()
              ? KafkaTrouble.tlsUnexpected(settings)
              : settings.logsIn() ? null : KafkaTrouble.loginExpected(settings);
    };
  }

  private static void refuse(@Nullable KafkaTrouble trouble) {
    if (trouble != null) {
      throw trouble.exception(null);
    }
  }

  /** That of the first server that can be talked to, or else of the last. */
  private static Answer best(KafkaSettings settings, Function<String, Answer> question) {
    Answer answer = Answer.NO_ADDRESS;
    for (String server : settings.bootstrapServers().split(",", -1)) {
      answer = question.apply(server.strip());
      if (!NOBODY.contains(answer)) {
        return answer;
      }
    }
    return answer;
  }
}
