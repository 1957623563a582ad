import { isoDate } from '../core/dates.js';
import type { Panel } from '../table/panel.js';
import { adjustBars } from './adjust-bars.js';
import type { PriceBasis } from './provider.js';
import type { QualityFinding } from './quality/finding.js';
import { applyPolicies, findIssues, type QualityPolicies } from './quality/inspect.js';
import { readActions } from './store/read-actions.js';
import { readBars, type BarsRequest } from './store/read-bars.js';
import { requireDataset, type Store } from './store/store.js';

export interface CheckedBars {
  /**
   * open, high, low, close: total return on the basis of the last session; volume: shares; quotedOpen, quotedClose: as
   * stored; tradedValue: quote currency; segment, suspect: see the quality rules.
   */
  readonly bars: Panel;
  readonly findings: readonly QualityFinding[];
  readonly priceBasis: PriceBasis;
}

/** Bars from the store as everything else uses them: adjusted up to the last session asked for, checked, policies applied. */
export async function readCheckedBars(store: Store, request: BarsRequest, policies: QualityPolicies = {}): Promise<CheckedBars> {
  const { priceBasis = 'raw' } = requireDataset(await store.manifest(), 'bars', store.folder);
  const stored = await readBars(store, request);
  const last = stored.last === null ? null : isoDate(stored.last);
  const actions = priceBasis === 'raw' && last !== null ? await readActions(store, stored.symbols, last) : new Map<string, never>();
  const adjusted = adjustBars(stored, priceBasis, actions);
  const findings = findIssues(adjusted, policies);
  return { bars: applyPolicies(adjusted, findings), findings, priceBasis };
}
