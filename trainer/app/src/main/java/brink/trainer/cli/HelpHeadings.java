package brink.trainer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The options of {@code train}, {@code sweep} and {@code demo} under headings, which a flat list of
 * 70 needs.
 */
public final class HelpHeadings {
  /** The heading of whatever no other names. */
  static final String OTHER = "Other options";

  private record Section(String heading, Set<String> options) {
    Section(String heading, String... options) {
      this(heading, Set.of(options));
    }
  }

  private static final List<Section> SECTIONS =
      List.of(
          new Section(
              "What is trained",
              "--problem",
              "--data",
              "--train-size",
              "--test-size",
              "--seed",
              "--dl4j-train"),
          new Section(
              "The network",
              "--hidden",
              "--activation",
              "--width",
              "--rank",
              "--normalization",
              "--groups",
              "--epsilon",
              "--loss",
              "--label-smoothing"),
          new Section(
              "Training",
              "--steps",
              "--learning-rate",
              "--learning-rate-schedule",
              "--weight-decay",
              "--weight-decay-schedule",
              "--momentum",
              "--update",
              "--rate"),
          new Section(
              "What is measured",
              "--curvature",
              "--curvature-every",
              "--direct-every",
              "--layers-every",
              "--plane-every",
              "--evaluate-every",
              "--predict-flow",
              "--predict-flow-restart"),
          new Section(
              "What is published of the gradient", "--gradients-every", "--gradient-encoding"),
          new Section("The machine", "--device", "--precision", "--threads", "--spill"),
          new Section(
              "Checkpoints", "--checkpoint-every", "--checkpoint-dir", "--resume", "--fork"),
          new Section("The sweep", "--study", "--parallel", "--dry-run", "--map", "--html"),
          new Section("The run", "--run-id", "--name", "--group", "--tag"),
          new Section(
              "Kafka",
              "--bootstrap-servers",
              "--data-dir",
              "--config",
              "--partitions",
              "--replication-factor",
              "--outage-limit"),
          new Section("The demo", "--open", "--exit", "--port", "--http-port"));

  private HelpHeadings() {}

  /** Has a command's help show its options so. */
  public static void apply(CommandSpec command) {
    command
        .usageMessage()
        .sectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpHeadings::text);
  }

  static String heading(OptionSpec option) {
    return SECTIONS.stream()
        .filter(each -> each.options().contains(option.longestName()))
        .map(Section::heading)
        .findFirst()
        .orElse(OTHER);
  }

  private static String text(Help help) {
    Map<String, List<OptionSpec>> byHeading = new LinkedHashMap<>();
    SECTIONS.forEach(section -> byHeading.put(section.heading(), new ArrayList<>()));
    byHeading.put(OTHER, new ArrayList<>());
    for (OptionSpec option : help.commandSpec().options()) {
      if (!option.hidden()) {
        byHeading.getOrDefault(heading(option), new ArrayList<>()).add(option);
      }
    }
    StringBuilder text = new StringBuilder();
    byHeading.forEach(
        (heading, options) -> {
          if (!options.isEmpty()) {
            text.append(System.lineSeparator()).append(heading).append(':');
            text.append(System.lineSeparator());
            text.append(help.optionListExcludingGroups(options));
          }
        });
    return text.toString();
  }
}
