import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Regime, Status } from '../api/types';
import { MEANING } from '../lib/regimes';

/** A regime in its colour, with its meaning as a hint. */
export function RegimeChip({ regime }: { regime: Regime }) {
  return (
    <span class={`chip regime-${regime}`} title={MEANING[regime]}>
      {regime}
    </span>
  );
}

const STATUS_MEANING: Record<Status, string> = {
  RUNNING: 'The run goes on.',
  SILENT: 'The run has not ended, and no event came in time: killed, stuck or cut off.',
  COMPLETED: 'The run took all its planned steps.',
  STOPPED: 'A person or a signal stopped the run.',
  DIVERGED: 'Loss or weights left the finite numbers.',
  FAILED: 'The run ended with an error, or was killed.',
};

/** How a run is doing, with a mark that does not rest on its colour. */
export function StatusMark({ status }: { status: Status }) {
  return (
    <span class={`status status-${status}`} title={STATUS_MEANING[status]}>
      {status.toLowerCase()}
    </span>
  );
}

/** One of several, next to each other. */
export function Choice<T extends string>(props: { label: string; value: T; options: readonly (readonly [T, string])[]; onChoose: (value: T) => void }) {
  return (
    <div class="choice" role="radiogroup" aria-label={props.label}>
      {props.options.map(([value, text]) => (
        <button type="button" key={value} role="radio" aria-checked={value === props.value} onClick={() => props.onChoose(value)}>
          {text}
        </button>
      ))}
    </div>
  );
}

/** What is said where there is nothing to show. */
export function Empty(props: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <h2>{props.title}</h2>
      {props.children}
    </div>
  );
}

/** A line across the page that something is not as it should be. */
export function Banner(props: { children: ComponentChildren; kind?: 'warning' | 'info' }) {
  return (
    <div class={`banner ${props.kind ?? 'warning'}`} role="status">
      {props.children}
    </div>
  );
}

/** A window above the page, closed by its button, by Escape, or by a click beside it. */
export function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => ref.current?.showModal(), []);
  return (
    <dialog ref={ref} aria-label={props.title} onClose={props.onClose} onClick={(e) => e.target === ref.current && props.onClose()}>
      <div class="dialog">
        <header>
          <h2>{props.title}</h2>
          <button type="button" class="plain" aria-label="Close" onClick={props.onClose}>
            ×
          </button>
        </header>
        {props.children}
      </div>
    </dialog>
  );
}

/** A button with a list of things to do below it. */
export function Menu(props: { label: string; items: readonly (readonly [string, () => void])[] }) {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const away = (e: Event) => {
      if (ref.current !== null && !ref.current.contains(e.target as Node)) {
        ref.current.open = false;
      }
    };
    document.addEventListener('click', away);
    return () => document.removeEventListener('click', away);
  }, []);
  const close = () => {
    if (ref.current !== null) {
      ref.current.open = false;
    }
  };
  return (
    <details class="menu" ref={ref} onKeyDown={(e) => e.key === 'Escape' && close()}>
      <summary>{props.label}</summary>
      <ul>
        {props.items.map(([text, act]) => (
          <li key={text}>
            <button
              type="button"
              class="plain"
              onClick={() => {
                close();
                act();
              }}
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
