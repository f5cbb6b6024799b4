package brink.monitor.catalogue;

import brink.schemas.Instants;
import brink.v1.RunNote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be changed of a note; the rest of it stays.
 *
 * @param name null to leave it; empty for none
 * @param tags to add; one of the form KEY=VALUE takes the place of others with this key
 * @param untags to take away: whole ones, or the keys of some
 * @param text null to leave it; empty for none
 * @param archived null to leave it
 */
public record NoteEdit(
    @Nullable String name,
    List<String> tags,
    List<String> untags,
    @Nullable String text,
    @Nullable Boolean archived) {
  public NoteEdit {
    tags = List.copyOf(tags);
    untags = List.copyOf(untags);
  }

  /** Whether it changes nothing. */
  public boolean isEmpty() {
    return name == null && tags.isEmpty() && untags.isEmpty() && text == null && archived == null;
  }

  /**
   * The note after the edit.
   *
   * @param before the note as it is; null for none
   * @throws IllegalArgumentException if the note would be longer than {@link NoteRules} allow
   */
  public RunNote of(String runId, @Nullable RunNote before, Instant now) {
    RunNote known = before == null ? RunNote.getDefaultInstance() : before;
    RunNote after =
        RunNote.newBuilder()
            .setRunId(runId)
            .setName(name == null ? known.getName() : name)
            .addAllTags(edited(known.getTagsList()))
            .setNote(text == null ? known.getNote() : text)
            .setArchived(archived == null ? known.getArchived() : archived)
            .setUpdatedAt(Instants.toTimestamp(now))
            .build();
    NoteRules.check(after);
    return after;
  }

  private List<String> edited(List<String> known) {
    List<String> edited = new ArrayList<>(known);
    untags.forEach(gone -> edited.removeIf(tag -> tag.equals(gone) || key(tag).equals(gone + "=")));
    for (String tag : tags) {
      edited.removeIf(other -> other.equals(tag) || (isPair(tag) && key(other).equals(key(tag))));
      edited.add(tag);
    }
    return edited;
  }

  private static boolean isPair(String tag) {
    return tag.indexOf('=') >= 0;
  }

  /** What is up to the first =; empty for a tag without one. */
  private static String key(String tag) {
    return isPair(tag) ? tag.substring(0, tag.indexOf('=') + 1) : "";
  }
}
