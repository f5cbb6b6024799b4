import { useRef } from 'preact/hooks';
import type { Axis, RegimeChange } from '../api/types';
import type { Palette } from '../lib/colours';
import { count } from '../lib/format';
import { MEANING, stays } from '../lib/regimes';
import type { Material } from './figures';

/** The whole run as a strip of regimes, with what the charts show of it. A drag on it chooses what they show. */
export function Strip(props: {
  changes: readonly RegimeChange[];
  material: Material;
  axis: Axis;
  /** What the charts show; null for all. */
  range: readonly [number, number] | null;
  palette: Palette;
  picked: number | null;
  onPick: (change: number | null) => void;
  onRange: (from: number, to: number) => void;
  onReset: () => void;
}) {
  const { material, axis, changes } = props;
  const strip = useRef<HTMLDivElement>(null);
  const [low, high] = material.whole;
  const share = (x: number) => Math.min(Math.max((x - low) / (high - low || 1), 0), 1);
  const percent = (part: number) => `${(part * 100).toFixed(3)}%`;
  const drag = (begin: PointerEvent) => {
    const box = strip.current?.getBoundingClientRect();
    if (box === undefined || begin.button !== 0) {
      return;
    }
    const at = (e: PointerEvent) => low + Math.min(Math.max((e.clientX - box.left) / box.width, 0), 1) * (high - low);
    const from = at(begin);
    const up = (e: PointerEvent) => {
      document.removeEventListener('pointerup', up);
      if (Math.abs(e.clientX - begin.clientX) > 5) {
        props.onRange(Math.min(from, at(e)), Math.max(from, at(e)));
      }
    };
    document.addEventListener('pointerup', up);
  };
  return (
    <div class="strip" ref={strip} onPointerDown={drag} onDblClick={props.onReset}>
      {stays(changes).map((stay, i) => {
        const from = material.clock.at(axis, stay.from);
        const to = material.clock.at(axis, stay.to ?? Math.max(material.lastStep, stay.from));
        if (from === null || to === null || share(to) <= share(from)) {
          return null;
        }
        const number = stay.change === null ? null : changes.indexOf(stay.change);
        return (
          <button
            type="button"
            key={i}
            class={`stay regime-${stay.regime}`}
            aria-pressed={number !== null && number === props.picked}
            style={{ left: percent(share(from)), width: percent(share(to) - share(from)) }}
            title={`${stay.regime} from step ${count(stay.from)}: ${MEANING[stay.regime]}`}
            onClick={() => props.onPick(number)}
          >
            <span>{stay.regime}</span>
          </button>
        );
      })}
      {props.range !== null && <div class="window" style={{ left: percent(share(props.range[0])), width: percent(share(props.range[1]) - share(props.range[0])) }} />}
    </div>
  );
}
