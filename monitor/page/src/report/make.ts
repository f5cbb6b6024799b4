import { RECORDING_FORMAT, type RecordedRun, type Recording } from '../api/recorded';
import { SourceError, type Source } from '../api/source';
import { download } from '../lib/download';

/**
 * What the template has where the data goes; `./brink report` looks for the same. In two parts, since this very script
 * stands in the template and must not be what is found.
 */
const PLACEHOLDER = ['__BRINK', 'DATA__'].join('_');

/** Points of each curve that a report carries. */
const POINTS = 2000;

const FORECAST_FITS = 200;

/** Hands the reader one file with the page and the data of these runs, which opens with this view. */
export async function saveReport(source: Source, ids: readonly string[], hash: string, name: string): Promise<void> {
  const [template, recording] = await Promise.all([fetchTemplate(), record(source, ids, hash)]);
  download(`${name}.html`, 'text/html;charset=utf-8', filled(template, recording));
}

/** The report's text: the template with the data in place of its placeholder. */
export function filled(template: string, recording: Recording): string {
  const parts = template.split(PLACEHOLDER);
  if (parts.length !== 2) {
    throw new Error('The template of the report is not that of this page; reload the page.');
  }
  // Inside a script element only "<" could end it.
  return parts[0] + JSON.stringify(recording).replaceAll('<', '\\u003c') + parts[1];
}

/** The data of a page that is a report; null where it is served by a monitor. */
export function embedded(): Recording | null {
  const text = document.getElementById('brink-data')?.textContent ?? '';
  return text === '' || text === PLACEHOLDER ? null : (JSON.parse(text) as Recording);
}

/** These runs as a report carries them. */
export async function record(source: Source, ids: readonly string[], hash: string): Promise<Recording> {
  const monitor = await source.monitor();
  const runs: Record<string, RecordedRun> = {};
  for (const id of ids) {
    runs[id] = await recordRun(source, id);
  }
  return { format: RECORDING_FORMAT, made_at: new Date().toISOString(), version: monitor.version, hash, runs };
}

async function recordRun(source: Source, id: string): Promise<RecordedRun> {
  const [run, fields, forecasts] = await Promise.all([source.run(id), source.fields(id), source.forecasts(id, FORECAST_FITS)]);
  if (!fields.complete) {
    throw new SourceError(`The monitor is still reading run ${id} from Kafka; a report now would lack a part of it. Try again in a moment.`, 0);
  }
  const names = new Set([...fields.fields.map((field) => field.name), 'flow_time', 'observed_at']);
  const series = await source.series(id, { fields: [...names], x: 'step', points: POINTS, log: false });
  return { run, fields, series, forecasts };
}

async function fetchTemplate(): Promise<string> {
  const response = await fetch('/report.html');
  if (!response.ok) {
    throw new SourceError('The template of the report is not there.', response.status);
  }
  return response.text();
}
