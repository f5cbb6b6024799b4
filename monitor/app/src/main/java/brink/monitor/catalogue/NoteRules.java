package brink.monitor.catalogue;

import brink.v1.RunNote;
import org.jspecify.annotations.Nullable;

/** What a note about a run may have, whoever writes it. */
public final class NoteRules {
  /** Characters of a name. */
  public static final int NAME = 200;

  /** Characters of the text. */
  public static final int TEXT = 10_000;

  /** How many tags. */
  public static final int TAGS = 32;

  /** Characters of a tag. */
  public static final int TAG = 64;

  private NoteRules() {}

  /**
   * Refuses a note that is too long.
   *
   * @throws IllegalArgumentException naming what is
   */
  public static void check(RunNote note) {
    require("a name", note.getName(), NAME);
    require("a note", note.getNote(), TEXT);
    if (note.getTagsCount() > TAGS) {
      throw new IllegalArgumentException(
          "a run has at most %d tags of people, found %d".formatted(TAGS, note.getTagsCount()));
    }
    note.getTagsList().forEach(tag -> require("a tag", tag, TAG));
  }

  private static void require(String what, String text, int most) {
    if (text.length() > most) {
      throw new IllegalArgumentException(
          "%s has at most %,d characters, found %,d".formatted(what, most, text.length()));
    }
  }

  /** What is kept of a note: null where it says nothing. */
  public static @Nullable RunNote kept(RunNote note) {
    boolean silent =
        note.getName().isEmpty()
            && note.getTagsCount() == 0
            && note.getNote().isEmpty()
            && !note.getArchived()
            && !note.getDeleted();
    return silent ? null : note;
  }
}
