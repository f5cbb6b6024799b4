import { useState } from 'preact/hooks';
import type { Format } from '../chart/exports';
import type { Axis } from '../api/types';
import { number } from '../lib/format';
import { Choice, Menu } from '../ui/parts';
import { formatNames, toggled, WINDOWS, type View } from './view';

/** How the charts are looked at. */
export function Toolbar(props: {
  view: View;
  narrowed: boolean;
  raw: boolean;
  hidden: readonly (readonly [string, string])[];
  live: boolean;
  onChange: (changes: Record<string, string | null>) => void;
  onZoom: (factor: number) => void;
  onPan: (share: number) => void;
  onSave: (format: Format) => void;
  onReport: (() => void) | undefined;
}) {
  const { view, onChange } = props;
  return (
    <div class="toolbar" role="toolbar" aria-label="How the charts are shown">
      <Choice<Axis>
        label="x axis"
        value={view.axis}
        options={[['step', 'step'], ['flow_time', 'flow time'], ['time', 'wall time']]}
        onChoose={(axis) => onChange({ x: axis === 'step' ? null : axis, range: null })}
      />
      <button type="button" aria-pressed={view.xLog} disabled={view.axis === 'time'} title="Logarithmic x axis" onClick={() => onChange({ log: view.xLog ? null : 'x' })}>
        log x
      </button>
      <label>
        smooth{' '}
        <select value={String(view.smooth)} onChange={(e) => onChange({ smooth: e.currentTarget.value === '0' ? null : e.currentTarget.value })}>
          {WINDOWS.map((share) => (
            <option key={share} value={String(share)}>
              {share === 0 ? 'off' : `${number(share * 100)} %`}
            </option>
          ))}
        </select>
      </label>
      <span class="buttons">
        <button type="button" aria-label="Earlier" title="Earlier (shift and ←)" onClick={() => props.onPan(-0.25)}>←</button>
        <button type="button" aria-label="Zoom in" title="Zoom in (+, or drag over a chart)" onClick={() => props.onZoom(0.5)}>+</button>
        <button type="button" aria-label="Zoom out" title="Zoom out (−)" onClick={() => props.onZoom(2)}>−</button>
        <button type="button" aria-label="Later" title="Later (shift and →)" onClick={() => props.onPan(0.25)}>→</button>
        <button type="button" disabled={!props.narrowed} title="Show all (0, or a double click)" onClick={() => onChange({ range: null, y: null })}>
          reset
        </button>
      </span>
      <span class="resolution" title="Zoomed out, each curve is cut into buckets, and of each the least and the largest value are drawn: no spike is lost. Zoom in for every point.">
        {props.raw ? 'every point' : 'least and largest of each bucket'}
      </span>
      <span class="space" />
      {props.hidden.length > 0 && (
        <Menu label={`${props.hidden.length} folded away`} items={props.hidden.map(([id, title]) => [title, () => onChange({ hide: formatNames(toggled(view.hidden, id)) })] as const)} />
      )}
      <Menu
        label="Save"
        items={[
          ['CSV of what is shown', () => props.onSave('csv')],
          ['JSON of what is shown', () => props.onSave('json')],
          ['PNG', () => props.onSave('png')],
          ['SVG', () => props.onSave('svg')],
          ...(props.onReport ? ([['Report: one HTML file', props.onReport]] as const) : []),
        ]}
      />
      <CopyLink />
    </div>
  );
}

const SAID_MS = 1500;

/** Only pages of this machine, or by HTTPS, may write to the clipboard. */
function CopyLink() {
  const [copied, setCopied] = useState(false);
  if (navigator.clipboard === undefined) {
    return null;
  }
  const copy = async () => {
    await navigator.clipboard.writeText(location.href);
    setCopied(true);
    setTimeout(() => setCopied(false), SAID_MS);
  };
  return (
    <button type="button" title="Copy the address of what is shown" onClick={() => void copy()}>
      {copied ? 'Copied' : 'Copy link'}
    </button>
  );
}
