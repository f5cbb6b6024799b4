import type { RunsQuery } from '../api/source';
import type { Place } from '../lib/place';

/** Runs on one page of the table. */
export const PAGE = 100;

/** The columns that can be sorted by. */
export const SORTS = ['started_at', 'updated_at', 'name', 'group', 'problem', 'status', 'furthest_regime', 'last_step', 'learning_rate', 'weight_decay', 'stability_ratio', 'sharpness', 'first_edge_step'] as const;

/** What the address asks for. */
export function parseQuery(place: Place): RunsQuery & { readonly grouped: boolean } {
  const { query } = place;
  const grouped = query.get('by') === 'group';
  const sort = query.get('sort') ?? 'started_at';
  const offset = Number(query.get('offset') ?? 0);
  const archived = query.get('archived');
  return {
    grouped,
    offset: Number.isInteger(offset) && offset > 0 ? offset : 0,
    limit: PAGE,
    q: query.get('q') ?? '',
    status: query.get('status') ?? '',
    regime: query.get('regime') ?? '',
    group: query.get('group') ?? null,
    archived: archived === 'true' || archived === 'any' ? archived : 'false',
    sort: grouped ? 'group' : (SORTS as readonly string[]).includes(sort) ? sort : 'started_at',
    order: query.get('order') === 'asc' || (grouped && query.get('order') !== 'desc') ? 'asc' : 'desc',
  };
}

/** What a click on a column's head changes: by this column, or the other way round if it is so already. */
export function sortedBy(current: RunsQuery, column: string): Record<string, string | null> {
  const ascending = current.sort === column ? current.order === 'desc' : column === 'name' || column === 'group' || column === 'problem';
  return { sort: column, order: ascending ? 'asc' : 'desc', offset: null, by: null };
}
