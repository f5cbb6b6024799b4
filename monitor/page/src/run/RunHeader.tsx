import { displayName, eta, instant, integer, pace, progress, regime, updateRule } from '../api/reading';
import { count, duration, moment, number } from '../lib/format';
import { formatPlace } from '../lib/place';
import { useNow } from '../ui/hooks';
import { RegimeChip, StatusMark } from '../ui/parts';
import { dataFacts } from './data';
import { Facts, type Fact } from './Facts';
import type { RunState } from './model';

/** What the run is and how far it is. */
export function RunHeader({ state, live, onEdit }: { state: RunState; live: boolean; onEdit: (() => void) | undefined }) {
  useNow(5000);
  const run = state.run;
  if (run === null) {
    return <header class="run-header" aria-busy="true" />;
  }
  const started = run.started;
  const last = state.changes[state.changes.length - 1];
  // That a run has ended is its status; where it was is what one wants to know.
  const present = last === undefined ? regime(run.regime) : last.to === 'ENDED' ? last.from : last.to;
  const now = { ...run, last_step: String(state.lastStep) };
  const share = progress(now);
  const stepsPerSecond = run.status === 'RUNNING' ? pace(now, state.recent) : null;
  const left = eta(now, stepsPerSecond);
  const ahead = run.status === 'RUNNING' ? stepsAhead(run.flow, state.lastStep) : null;
  const lost = integer(last?.raw.scale_invariance_lost_at_step);
  const planned = integer(run.planned_steps) ?? integer(started?.planned_steps);
  const intrinsic = started?.learning_rate !== undefined && started.weight_decay !== undefined ? started.learning_rate * started.weight_decay : null;
  const newer = state.changes.some((change) => change.to === 'UNSPECIFIED');
  const first: readonly Fact[] = [
    ['problem', started?.problem],
    ['network', started?.network],
    ['η', started?.learning_rate === undefined ? null : number(started.learning_rate), 'learning rate at the start'],
    ['λ', started?.weight_decay === undefined ? null : number(started.weight_decay), 'weight decay at the start'],
    ['η_in', intrinsic === null ? null : number(intrinsic), 'intrinsic learning rate η·λ'],
    ['β', started?.momentum ? number(started.momentum) : null, 'momentum'],
    ['s', run.stability_ratio === undefined ? null : number(run.stability_ratio), 'stability ratio, mean of the last two steps'],
    ['λ₁', run.sharpness === undefined ? null : number(run.sharpness), 'sharpness'],
    ['τ', run.flow_time === undefined ? null : number(run.flow_time), 'flow time'],
  ];
  const data = started?.data;
  const more: readonly Fact[] = [
    ['source of the data', started?.dataset],
    ['n', started?.train_size === undefined ? null : count(Number(started.train_size)), 'training examples'],
    ['weights', started?.dimension === undefined ? null : count(Number(started.dimension))],
    ['precision', started?.precision],
    ['rule', started?.update_rule === 'UPDATE_RULE_SPHERE' ? updateRule(started) : null],
    ['device', started?.producer?.device],
    ['seed', started?.seed],
    ['group', started?.group],
    ['started', started?.started_at === undefined ? null : moment(instant(started.started_at) ?? 0)],
    ['goes on from', started?.resumed_from?.run_id ? `${started.resumed_from.run_id} at step ${count(integer(started.resumed_from.step))}` : null],
  ];
  const tags = [...(run.note?.tags ?? []), ...Object.entries(started?.tags ?? {}).map(([key, value]) => `${key}=${value}`)];
  return (
    <header class="run-header">
      <div class="title">
        <h1>{displayName(run)}</h1>
        <StatusMark status={run.status} />
        <RegimeChip regime={present} />
        {tags.map((tag) => (
          <span class="tag" key={tag}>
            {tag}
          </span>
        ))}
        {onEdit && (
          <button type="button" class="plain" onClick={onEdit}>
            edit
          </button>
        )}
      </div>
      {displayName(run) !== run.run_id && <p class="id">{run.run_id}</p>}
      <div class="progress-line">
        <span>
          step <b>{count(state.lastStep)}</b>
          {planned !== null && ` of ${count(planned)}`}
        </span>
        {share !== null && <progress value={share} max={1} aria-label="Progress" />}
        {stepsPerSecond !== null && <span>{number(stepsPerSecond, 3)} steps/s</span>}
        {left !== null && <span>{duration(left)} left</span>}
        {ahead !== null && <span title="Forecast of the newest fit, with its standard error">{ahead}</span>}
        {run.ended?.reason && <span class="reason">{run.ended.reason}</span>}
      </div>
      <Facts facts={first} />
      {data?.summary && (
        <p class="data">
          <span>data</span> {data.summary}
        </p>
      )}
      {(data?.warnings ?? []).map((warning) => (
        <p class="data warning" key={warning}>
          <b>check the data:</b> {warning}
        </p>
      ))}
      <details class="more">
        <summary>about the run</summary>
        <Facts facts={more} />
        {data && <Facts facts={dataFacts(data)} />}
        {live && (
          <p>
            <a href={formatPlace(['rejected'], [['run', run.run_id]])}>Records of this run that could not be used</a>
          </p>
        )}
      </details>
      {run.note?.note && <p class="annotation">{run.note.note}</p>}
      {lost !== null && <p class="note">The loss is not scale-invariant{lost > 0 ? ` since step ${count(lost)}` : ''}: edge and flow are not what theory speaks of.</p>}
      {newer && <p class="note">A newer monitor has judged this run: it knows regimes that this page does not. Bands without a name are theirs.</p>}
      {started === undefined && <p class="note">The record of this run’s start is not there any more; what the producer said of it is lost.</p>}
    </header>
  );
}

interface Ahead {
  readonly value?: number;
  readonly standard_error?: number;
}

/** When the edge, or the next eigenvalue at it, is forecast; null where no fit says. */
function stepsAhead(flow: Record<string, unknown> | undefined, lastStep: number): string | null {
  const since = lastStep - (integer(flow?.['step'] as string | undefined) ?? lastStep);
  const forecasts: readonly (readonly [string, string])[] = [['steps_to_edge', 'edge'], ['steps_to_next_eigenvalue', 'next eigenvalue at the edge']];
  for (const [field, what] of forecasts) {
    const { value, standard_error: error } = (flow?.[field] ?? {}) as Ahead;
    if (value !== undefined && value > since) {
      return `${what} in about ${count(value - since)}${error === undefined ? '' : ` ± ${count(error)}`} steps`;
    }
  }
  return null;
}
