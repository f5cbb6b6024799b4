/** Where the reader is: a path of segments and named values, all of it in the address after the #. */
export interface Place {
  readonly path: readonly string[];
  readonly query: ReadonlyMap<string, string>;
}

/** Reads what follows the #; what cannot be decoded stays as it is. */
export function parsePlace(hash: string): Place {
  const text = hash.replace(/^#/, '');
  const mark = text.indexOf('?');
  const path = (mark < 0 ? text : text.slice(0, mark)).split('/').filter((s) => s !== '').map(decoded);
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(mark < 0 ? '' : text.slice(mark + 1))) {
    query.set(name, value);
  }
  return { path, query };
}

/** The address of a place, with the #; empty values are left out. */
export function formatPlace(path: readonly string[], query: Iterable<[string, string]> = []): string {
  const kept = [...query].filter(([, value]) => value !== '');
  // Commas and colons are legal in a fragment, and such an address can be read.
  const text = new URLSearchParams(kept).toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return '#/' + path.map(encodeURIComponent).join('/') + (text === '' ? '' : '?' + text);
}

/** The place with some values changed; null takes one away. */
export function withQuery(place: Place, changes: Record<string, string | null>): string {
  const query = new Map(place.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') {
      query.delete(name);
    } else {
      query.set(name, value);
    }
  }
  return formatPlace(place.path, query);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
