import { change } from './reading';
import type { RawChange, RegimeChange, Summary } from './types';

/** Whether news come. */
export type Connection = 'connecting' | 'open' | 'lost';

/** What a view wants to hear. */
export interface Listener {
  run?(summary: Summary): void;
  regime?(runId: string, change: RegimeChange): void;
  progress?(runId: string, lastStep: number): void;
  /** News may have been missed: read again what is shown. */
  reset?(): void;
  connection?(state: Connection): void;
}

/** How long a page in the background keeps listening, in milliseconds: browsers open six connections to a server. */
const BACKGROUND_MS = 20_000;

/** How long to wait before a connection that the browser gave up is made anew, in milliseconds. */
const AGAIN_MS = 2_000;

/** The monitor's events of these runs, or of all; it reconnects by itself. */
export class Live {
  private source: EventSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private opened = false;
  private closed = false;

  constructor(
    private readonly runIds: readonly string[],
    private readonly listener: Listener,
  ) {
    document.addEventListener('visibilitychange', this.visibility);
    this.connect();
  }

  close(): void {
    this.closed = true;
    document.removeEventListener('visibilitychange', this.visibility);
    clearTimeout(this.timer);
    this.source?.close();
  }

  private connect(): void {
    const query = this.runIds.map((id) => `run_id=${encodeURIComponent(id)}`).join('&');
    const source = new EventSource(`/api/events${query === '' ? '' : `?${query}`}`);
    this.source = source;
    source.onopen = () => {
      this.listener.connection?.('open');
      // A new EventSource knows no last event, and a monitor that was started anew does not know ours.
      if (this.opened) {
        this.listener.reset?.();
      }
      this.opened = true;
    };
    source.onerror = () => {
      this.listener.connection?.('lost');
      if (source.readyState === EventSource.CLOSED && !this.closed) {
        this.timer = setTimeout(() => this.connect(), AGAIN_MS);
      }
    };
    this.on<Summary>(source, 'run', (summary) => this.listener.run?.(summary));
    this.on<RawChange>(source, 'regime', (raw) => this.listener.regime?.(raw.run_id, change(raw)));
    this.on<{ run_id: string; last_step: string }>(source, 'progress', (p) => this.listener.progress?.(p.run_id, Number(p.last_step)));
    this.on<unknown>(source, 'reset', () => this.listener.reset?.());
  }

  private on<T>(source: EventSource, name: string, act: (data: T) => void): void {
    source.addEventListener(name, (event) => act(JSON.parse((event as MessageEvent<string>).data) as T));
  }

  private readonly visibility = () => {
    clearTimeout(this.timer);
    if (document.hidden) {
      this.timer = setTimeout(() => {
        this.source?.close();
        this.source = null;
      }, BACKGROUND_MS);
    } else if (this.source === null) {
      this.connect();
    }
  };
}
