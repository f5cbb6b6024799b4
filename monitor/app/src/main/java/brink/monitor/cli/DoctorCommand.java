package brink.monitor.cli;

import brink.cli.KafkaOptions;
import brink.monitor.MonitorSettings;
import brink.schemas.KafkaRightException;
import brink.schemas.KafkaSettings;
import brink.schemas.KafkaSetupException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code brink doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Checks JDK, broker, topics, schema, steps, gradients, rejected records and monitor, and"
            + " says what to do.")
public final class DoctorCommand implements Callable<Integer> {
  private static final int JDK = 25;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      defaultValue = MonitorSettings.DEFAULT_APPLICATION_ID,
      description = "The monitor to check (default: ${DEFAULT-VALUE}).")
  private String applicationId = MonitorSettings.DEFAULT_APPLICATION_ID;

  private final Supplier<List<Finding>> ofThisMachine;

  /** Checks what the monitor knows of. */
  public DoctorCommand() {
    this(List::of);
  }

  /**
   * Checks more.
   *
   * @param ofThisMachine what else there is to say of it
   */
  public DoctorCommand(Supplier<List<Finding>> ofThisMachine) {
    this.ofThisMachine = ofThisMachine;
  }

  @Override
  public Integer call() throws Exception {
    return Failures.guard(spec, () -> report(findings(kafka.settings())));
  }

  private List<Finding> findings(KafkaSettings settings) {
    List<Finding> findings = new ArrayList<>();
    findings.add(jdk());
    findings.addAll(ofThisMachine.get());
    try (ClusterCheck cluster = ClusterCheck.open(settings)) {
      Finding broker = cluster.broker();
      findings.add(broker);
      if (broker.severity() == Finding.Severity.FAIL) {
        return findings;
      }
      List<Finding> topics = cluster.topics();
      findings.addAll(topics);
      if (topics.stream().noneMatch(finding -> finding.severity() == Finding.Severity.FAIL)) {
        findings.addAll(guarded("schema", () -> SchemaCheck.sample(settings)));
        findings.addAll(guarded("steps", () -> StepsCheck.of(settings)));
        findings.addAll(guarded("rejected", () -> RejectedCheck.of(settings)));
        findings.addAll(
            guarded(
                "monitor", () -> MonitorCheck.of(settings, applicationId, InstantSource.system())));
      }
    } catch (KafkaSetupException e) {
      findings.add(Finding.fail("broker", String.valueOf(e.getMessage())));
    }
    return findings;
  }

  private static List<Finding> guarded(String subject, Supplier<List<Finding>> check) {
    try {
      return check.get();
    } catch (KafkaRightException e) {
      return List.of(Finding.warn(subject, "not checked: " + e.getMessage()));
    } catch (KafkaSetupException e) {
      return List.of(Finding.fail(subject, String.valueOf(e.getMessage())));
    }
  }

  private static Finding jdk() {
    int version = Runtime.version().feature();
    return version >= JDK
        ? Finding.ok("jdk", "Java " + Runtime.version())
        : Finding.fail("jdk", "Java %d; set JAVA_HOME to a JDK from %d on".formatted(version, JDK));
  }

  private int report(List<Finding> findings) {
    PrintWriter out = spec.commandLine().getOut();
    findings.forEach(out::println);
    out.flush();
    return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.FAIL)
        ? Failures.FAILED
        : Failures.OK;
  }
}
