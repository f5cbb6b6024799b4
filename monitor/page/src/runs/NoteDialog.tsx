import { useState } from 'preact/hooks';
import type { Source } from '../api/source';
import type { Note, Summary } from '../api/types';
import { displayName } from '../api/reading';
import { Dialog } from '../ui/parts';

/** Name, tags and text of a run, and whether it is put away; every monitor shows the same. */
export function NoteDialog(props: { source: Source; run: Summary; onClose: () => void; onSaved: (summary: Summary) => void }) {
  const { run } = props;
  const [name, setName] = useState(run.note?.name ?? '');
  const [tags, setTags] = useState((run.note?.tags ?? []).join(', '));
  const [text, setText] = useState(run.note?.note ?? '');
  const [archived, setArchived] = useState(run.note?.archived ?? false);
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);

  const save = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    try {
      props.onSaved(await props.source.note(run.run_id, noteOf(name, tags, text, archived)));
      props.onClose();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={`Notes on ${displayName(run)}`} onClose={props.onClose}>
      <form class="note-form" onSubmit={(e) => void save(e)}>
        <label>
          Name
          <input value={name} maxLength={200} placeholder={run.started?.name || run.run_id} onInput={(e) => setName(e.currentTarget.value)} />
        </label>
        <label>
          Tags, separated by commas
          <input value={tags} onInput={(e) => setTags(e.currentTarget.value)} />
        </label>
        <label>
          Note
          <textarea rows={5} maxLength={10000} value={text} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
        <label class="check">
          <input type="checkbox" checked={archived} onChange={(e) => setArchived(e.currentTarget.checked)} /> Archived: not among the runs unless asked for
        </label>
        {failure !== '' && (
          <p class="failure" role="alert">
            {failure}
          </p>
        )}
        <div class="actions">
          <button type="button" onClick={props.onClose}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={busy}>
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** The note as it is sent: without what is empty. */
export function noteOf(name: string, tags: string, text: string, archived: boolean): Note {
  const list = [...new Set(tags.split(',').map((tag) => tag.trim()).filter((tag) => tag !== ''))];
  return {
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(list.length === 0 ? {} : { tags: list }),
    ...(text.trim() === '' ? {} : { note: text }),
    ...(archived ? { archived } : {}),
  };
}
