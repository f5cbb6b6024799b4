package brink.monitor.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import brink.v1.RunNote;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class NoteEditTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private static final RunNote BEFORE =
      RunNote.newBuilder()
          .setRunId("run")
          .setName("first")
          .setNote("a text")
          .addTags("good")
          .addTags("seed=1")
          .build();

  private static NoteEdit edit(List<String> tags, List<String> untags) {
    return new NoteEdit(null, tags, untags, null, null);
  }

  private static RunNote after(NoteEdit edit, @Nullable RunNote before) {
    return edit.of("run", before, NOW);
  }

  @Test
  void of_oneThingToChange_leavesTheRest() {
    RunNote named = after(new NoteEdit("second", List.of(), List.of(), null, null), BEFORE);
    assertThat(named)
        .isEqualTo(BEFORE.toBuilder().setName("second").setUpdatedAt(named.getUpdatedAt()).build());
    assertThat(named.getUpdatedAt().getSeconds()).isEqualTo(NOW.getEpochSecond());
    assertThat(after(new NoteEdit(null, List.of(), List.of(), "", true), BEFORE))
        .satisfies(
            note -> {
              assertThat(note.getNote()).isEmpty();
              assertThat(note.getArchived()).isTrue();
              assertThat(note.getName()).isEqualTo("first");
            });
  }

  @Test
  void of_tags_replacesValuesOfAKeyAndTakesAwayByIt() {
    assertThat(after(edit(List.of("seed=2", "good", "new"), List.of()), BEFORE).getTagsList())
        .containsExactly("seed=2", "good", "new");
    assertThat(after(edit(List.of(), List.of("seed", "absent")), BEFORE).getTagsList())
        .containsExactly("good");
    assertThat(after(edit(List.of(), List.of("seed=3")), BEFORE).getTagsList())
        .containsExactly("good", "seed=1");
  }

  @Test
  void of_allTakenAway_isNotKept() {
    NoteEdit none = new NoteEdit("", List.of(), List.of("good", "seed"), "", false);
    assertThat(NoteRules.kept(after(none, BEFORE))).isNull();
    assertThat(NoteRules.kept(after(none, null))).isNull();
    assertThat(NoteRules.kept(BEFORE)).isSameAs(BEFORE);
  }

  @Test
  void of_moreThanANoteHas_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> after(new NoteEdit("x".repeat(201), List.of(), List.of(), null, null), null))
        .withMessage("a name has at most 200 characters, found 201");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> after(edit(List.of("x".repeat(65)), List.of()), null))
        .withMessageContaining("a tag has at most 64");
  }
}
