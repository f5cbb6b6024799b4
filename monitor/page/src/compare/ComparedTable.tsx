import { displayName, regime } from '../api/reading';
import { style, type Palette } from '../lib/colours';
import { count, number } from '../lib/format';
import { formatPlace } from '../lib/place';
import { RegimeChip, StatusMark } from '../ui/parts';
import { settingsOf, type Compared, type Topic } from './model';
import { settings } from './selection';

/** Settings that differ, then values; what all runs share is said once below. */
export function ComparedTable(props: { runs: readonly Compared[]; palette: Palette; topics: readonly Topic[]; onRemove: (slot: number) => void }) {
  const { runs, palette } = props;
  const all = settings(runs.map((run) => settingsOf(run.run)));
  const differing = all.filter((setting) => setting.differs);
  const shared = all.filter((setting) => !setting.differs);
  const values = props.topics.filter((topic) => runs.some((run) => run.fields.fields.some((field) => topic.fields.includes(field.name))));
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label="Settings and values">
        <table class="list compared">
          <thead>
            <tr>
              <th rowSpan={2}>run</th>
              <th rowSpan={2}>status</th>
              <th rowSpan={2}>regime</th>
              <th rowSpan={2}>onset</th>
              {differing.length > 0 && <th colSpan={differing.length}>what differs</th>}
              {values.length > 0 && <th colSpan={values.length}>last value (least to largest)</th>}
              <th rowSpan={2}>
                <span class="visually-hidden">actions</span>
              </th>
            </tr>
            <tr>
              {differing.map((setting) => (
                <th key={setting.name} class="differs">
                  {setting.name}
                </th>
              ))}
              {values.map((topic) => (
                <th key={topic.id}>{topic.title.replace(/,.*/, '')}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.map((run, i) => {
              const { colour, dash } = style(palette, run.slot);
              const name = displayName(run.run);
              return (
                <tr key={run.id}>
                  <th scope="row">
                    <svg width="22" height="8" aria-hidden="true">
                      <line x1="0" y1="4" x2="22" y2="4" stroke={colour} stroke-width="2.5" stroke-dasharray={dash.join(' ')} />
                    </svg>{' '}
                    <a href={formatPlace(['runs', run.id])} title={run.id}>
                      {name}
                    </a>
                  </th>
                  <td>
                    <StatusMark status={run.run.status} />
                  </td>
                  <td>
                    <RegimeChip regime={regime(run.run.furthest_regime ?? run.run.regime)} />
                  </td>
                  <td class="number">{count(run.onset)}</td>
                  {differing.map((setting) => (
                    <td key={setting.name} class="differs">
                      {setting.values[i]}
                    </td>
                  ))}
                  {values.map((topic) => {
                    const field = topic.fields.map((wanted) => run.fields.fields.find((f) => f.name === wanted)).find((f) => f !== undefined);
                    return (
                      <td key={topic.id} class="number">
                        {field === undefined ? number(null) : <b>{number(field.last)}</b>}
                        {field !== undefined && (
                          <small>
                            {' '}
                            {number(field.min, 3)} to {number(field.max, 3)}
                          </small>
                        )}
                      </td>
                    );
                  })}
                  <td>
                    <button type="button" class="plain" aria-label={`Take out ${name}`} onClick={() => props.onRemove(run.slot)}>
                      ×
                    </button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {shared.length > 0 && runs.length > 1 && (
        <p class="hint shared">The same in all: {shared.map((setting) => `${setting.name} ${setting.values[0]}`).join(' · ')}</p>
      )}
    </>
  );
}
