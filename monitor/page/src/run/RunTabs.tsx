import { formatPlace } from '../lib/place';

/** The ways to look at one run. */
export type RunTab = 'charts' | 'geometry' | 'replay';

const TABS: readonly (readonly [tab: RunTab, text: string])[] = [['charts', 'Charts'], ['geometry', 'Geometry'], ['replay', 'Replay']];

/** Leads from one way to look at a run to the others. */
export function RunTabs({ id, current }: { id: string; current: RunTab }) {
  return (
    <nav class="tabs" aria-label="Ways to look at the run">
      {TABS.map(([tab, text]) => (
        <a key={tab} href={formatPlace(tab === 'charts' ? ['runs', id] : ['runs', id, tab])} aria-current={tab === current ? 'page' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}
