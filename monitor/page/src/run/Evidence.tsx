import { useEffect, useState } from 'preact/hooks';
import { integer, words } from '../api/reading';
import type { Source } from '../api/source';
import type { RegimeChange } from '../api/types';
import { count, estimate, number } from '../lib/format';
import { MEANING } from '../lib/regimes';
import { RegimeChip } from '../ui/parts';

/** All changes of the run, newest first. */
export function Changes(props: { changes: readonly RegimeChange[]; picked: number | null; onPick: (number: number) => void }) {
  return (
    <section class="changes">
      <h2>Regime changes</h2>
      {props.changes.length === 0 && <p class="hint">None yet: the run is STARTING until there is something to say.</p>}
      <ol>
        {props.changes
          .map((change, i) => (
            <li key={i}>
              <button type="button" class="plain" aria-pressed={props.picked === i} onClick={() => props.onPick(i)}>
                <span class="at">{count(change.onset ?? change.detectedAt)}</span> <RegimeChip regime={change.to} />
                <span class="sentence">{change.raw.evidence?.sentence}</span>
              </button>
            </li>
          ))
          .reverse()}
      </ol>
    </section>
  );
}

/** What one verdict rests on, in words and numbers. */
export function Evidence(props: { change: RegimeChange; source: Source; runId: string; onClose: () => void }) {
  const { change, source, runId } = props;
  const [fit, setFit] = useState<Fit | null>(null);
  useEffect(() => {
    let current = true;
    setFit(null);
    source.fit(runId, change.detectedAt).then(
      (found) => current && setFit(found as Fit | null),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [source, runId, change]);
  const evidence = change.raw.evidence ?? {};
  const lost = integer(change.raw.scale_invariance_lost_at_step);
  const rows: (readonly [string, string | null])[] = [
    ['detected at step', count(change.detectedAt)],
    ['onset', change.onset === null ? null : `step ${count(change.onset)}`],
    ['95 % interval', change.onsetLow === null || change.onsetHigh === null ? null : `${count(change.onsetLow)} to ${count(change.onsetHigh)}`],
    ['stability ratio', evidence.stability_ratio === undefined ? null : estimate(evidence.stability_ratio, evidence.stability_ratio_error)],
    ['taken at', evidence.point === undefined ? null : words(evidence.point, 'SHARPNESS_POINT') || null],
    ['gradient cosine', evidence.gradient_cosine === undefined ? null : number(evidence.gradient_cosine)],
    ['α²', evidence.angular_step_squared === undefined ? null : number(evidence.angular_step_squared)],
    ['norm ledger off by', evidence.norm_ledger_error === undefined ? null : number(evidence.norm_ledger_error, 2)],
    ['edge episode', change.raw.episode === undefined ? null : count(change.raw.episode)],
    ['not scale-invariant since', lost === null ? null : `step ${count(lost)}`],
    ['detector', change.raw.detector_version || null],
    ...fitRows(fit),
  ];
  return (
    <section class="evidence" aria-label="Evidence">
      <header>
        <h2>
          <RegimeChip regime={change.from} /> → <RegimeChip regime={change.to} />
        </h2>
        <button type="button" class="plain" aria-label="Close" onClick={props.onClose}>
          ×
        </button>
      </header>
      <p class="hint">
        {change.to}: {MEANING[change.to]}.
      </p>
      {change.raw.end_taken_back === true && <p>Steps came after the end of the run: the end is taken back.</p>}
      <p class="sentence">{evidence.sentence || 'The monitor gave no reason.'}</p>
      <table>
        <tbody>
          {rows
            .filter(([, value]) => value !== null)
            .map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

interface Estimate {
  readonly value?: number;
  readonly standard_error?: number;
}

interface Fit {
  readonly step?: string;
  readonly angular_step?: Estimate;
  readonly sharpness_decay?: Estimate;
  readonly direct?: Estimate;
  readonly steps_to_edge?: Estimate;
  readonly agreement_p_value?: number;
  readonly edge_eigenvalues?: number;
  readonly tests?: readonly { readonly kind?: string; readonly outcome?: string; readonly measured?: Estimate; readonly predicted?: Estimate; readonly p_value?: number }[];
}

/** The flow as the last fit before the verdict had it. */
function fitRows(fit: Fit | null): (readonly [string, string | null])[] {
  if (fit === null) {
    return [];
  }
  const of = (value: Estimate | undefined) => (value?.value === undefined ? null : estimate(value.value, value.standard_error));
  const tests = (fit.tests ?? []).map((test) => {
    const p = test.p_value === undefined ? '' : `, p = ${number(test.p_value, 2)}`;
    const text = `${words(test.outcome, 'FLOW_TEST_OUTCOME')}: measured ${of(test.measured) ?? number(null)}, predicted ${of(test.predicted) ?? number(null)}${p}`;
    return [`test by ${words(test.kind, 'FLOW_TEST_KIND')}`, text] as const;
  });
  return [
    ['last fit before', fit.step === undefined ? null : `step ${count(Number(fit.step))}`],
    ['G² by the angular step', of(fit.angular_step)],
    ['G² by the decay', of(fit.sharpness_decay)],
    ['G² direct', of(fit.direct)],
    ['eigenvalues at the edge', fit.edge_eigenvalues === undefined ? null : count(fit.edge_eigenvalues)],
    ['steps to the edge', of(fit.steps_to_edge)],
    ...tests,
  ];
}
