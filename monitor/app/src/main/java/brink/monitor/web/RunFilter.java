package brink.monitor.web;

import brink.monitor.catalogue.RunEntry;
import brink.v1.Regime;
import brink.v1.RunStarted;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which runs a list is to have, by its parameters. */
final class RunFilter {
  private static final int LONGEST_QUERY = 200;
  private static final String REGIME_PREFIX = "REGIME_";

  private RunFilter() {}

  /**
   * Whether a run is to be in the list.
   *
   * @throws ParameterException for values that there are none of
   */
  static Predicate<RunEntry> of(QueryParameters parameters) {
    Set<RunEntry.Status> statuses =
        parameters.constants("status", "", EnumSet.allOf(RunEntry.Status.class));
    Set<Regime> regimes =
        parameters.constants(
            "regime", REGIME_PREFIX, EnumSet.complementOf(EnumSet.of(Regime.UNRECOGNIZED)));
    String group = parameters.text("group");
    String archived = parameters.word("archived", "any", List.of("true", "false", "any"));
    Predicate<String> query = query(parameters.text("q"));
    return run ->
        (statuses.isEmpty() || statuses.contains(run.status()))
            && (regimes.isEmpty() || regimes.contains(run.regime()))
            && (group == null
                || group.equals(run.started() == null ? "" : run.started().getGroup()))
            && (archived.equals("any") || archived.equals(Boolean.toString(run.isArchived())))
            && texts(run).stream().anyMatch(query);
  }

  private static List<String> texts(RunEntry run) {
    List<String> texts = new ArrayList<>();
    texts.add(run.runId());
    RunStarted started = run.started();
    if (started != null) {
      texts.addAll(
          List.of(
              started.getName(), started.getGroup(), started.getProblem(), started.getDataset()));
      started.getTagsMap().forEach((tag, value) -> texts.add(tag + "=" + value));
    }
    if (run.note() != null) {
      texts.add(run.note().getName());
      texts.add(run.note().getNote());
      texts.addAll(run.note().getTagsList());
    }
    return texts;
  }

  private static Predicate<String> query(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return _ -> true;
    }
    if (query.length() > LONGEST_QUERY) {
      throw new ParameterException("q has at most %d characters".formatted(LONGEST_QUERY));
    }
    boolean isPattern = query.length() > 2 && query.startsWith("/") && query.endsWith("/");
    if (!isPattern) {
      String lower = query.toLowerCase(Locale.ROOT);
      return text -> text.toLowerCase(Locale.ROOT).contains(lower);
    }
    try {
      Pattern pattern =
          Pattern.compile(query.substring(1, query.length() - 1), Pattern.CASE_INSENSITIVE);
      return text -> pattern.matcher(text).find();
    } catch (PatternSyntaxException e) {
      throw new ParameterException("q is no regular expression: " + e.getMessage());
    }
  }
}
