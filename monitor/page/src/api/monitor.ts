import type { RunsQuery, Source } from './source';
import { SourceError } from './source';
import type { Fields, Forecasts, MonitorInfo, Note, Page, Rejected, Run, Series, SeriesQuery, Summary } from './types';

/** Most fields of one request. */
const FIELDS_AT_ONCE = 64;

/** The monitor that served this page. */
export class Monitor implements Source {
  readonly live = true;

  async runs(query: RunsQuery): Promise<Page<Summary>> {
    const parameters = new URLSearchParams({
      offset: String(query.offset),
      limit: String(query.limit),
      archived: query.archived,
      sort: query.sort,
      order: query.order,
    });
    for (const name of ['q', 'status', 'regime'] as const) {
      if (query[name] !== '') {
        parameters.set(name, query[name]);
      }
    }
    if (query.group !== null) {
      parameters.set('group', query.group);
    }
    return page(await get(`/api/runs?${parameters}`));
  }

  async run(id: string): Promise<Run> {
    return json(await get(path(id)));
  }

  async fields(id: string): Promise<Fields> {
    return json(await get(`${path(id)}/fields`));
  }

  async series(id: string, query: SeriesQuery): Promise<Series> {
    const parts: Promise<Series>[] = [];
    for (let i = 0; i === 0 || i < query.fields.length; i += FIELDS_AT_ONCE) {
      parts.push(this.part(id, query, query.fields.slice(i, i + FIELDS_AT_ONCE)));
    }
    const answers = await Promise.all(parts);
    const first = answers[0] as Series;
    const last = answers[answers.length - 1] as Series;
    return { ...first, complete: last.complete, series: Object.assign({}, ...answers.map((answer) => answer.series)) };
  }

  async forecasts(id: string, points: number): Promise<Forecasts> {
    return json(await get(`${path(id)}/forecasts?points=${points}`));
  }

  async fit(id: string, step: number): Promise<Record<string, unknown> | null> {
    const answer = await json<{ fits: Record<string, unknown>[] }>(await get(`${path(id)}/fits?to=${Math.floor(step)}&points=1`));
    return answer.fits[0] ?? null;
  }

  async rejected(runId: string, reason: string, offset: number, limit: number): Promise<Page<Rejected>> {
    const parameters = new URLSearchParams({ offset: String(offset), limit: String(limit) });
    if (runId !== '') {
      parameters.set('run_id', runId);
    }
    if (reason !== '') {
      parameters.set('reason', reason);
    }
    return page(await get(`/api/rejected?${parameters}`));
  }

  async monitor(): Promise<MonitorInfo> {
    return json(await get('/api/monitor'));
  }

  async note(id: string, note: Note): Promise<Summary> {
    const headers = { 'Content-Type': 'application/json' };
    return json(await get(`${path(id)}/note`, { method: 'PUT', headers, body: JSON.stringify(note) }));
  }

  private async part(id: string, query: SeriesQuery, fields: readonly string[]): Promise<Series> {
    let address = `${path(id)}/series?x=${query.x}&points=${query.points}`;
    address += query.means === true ? '&means=true' : '';
    address += query.log ? '&scale=log' : '';
    address += query.from === undefined ? '' : `&from=${query.from}`;
    address += query.to === undefined ? '' : `&to=${query.to}`;
    return json(await get(`${address}&fields=${fields.map(encodeURIComponent).join(',')}`));
  }
}

function path(id: string): string {
  return `/api/runs/${encodeURIComponent(id)}`;
}

async function get(address: string, options: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, options);
  } catch {
    throw new SourceError('The monitor does not answer.', 0);
  }
  if (!response.ok) {
    throw new SourceError(await reason(response), response.status);
  }
  return response;
}

async function reason(response: Response): Promise<string> {
  try {
    const body = (await response.json()) as { error?: string };
    return body.error ?? `The monitor answered with status ${response.status}.`;
  } catch {
    return `The monitor answered with status ${response.status}.`;
  }
}

async function json<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

async function page<T>(response: Response): Promise<Page<T>> {
  const items = await json<T[]>(response);
  return { items, total: Number(response.headers.get('X-Total-Count') ?? items.length) };
}
