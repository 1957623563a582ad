import { XNYS } from '../core/calendar.js';
import { isoDate, type IsoDate } from '../core/dates.js';
import type { Panel } from '../table/panel.js';
import { adjustBars } from './adjust-bars.js';
import type { CorporateAction } from './adjust.js';
import type { PriceBasis } from './provider.js';
import type { QualityFinding } from './quality/finding.js';
import { applyPolicies, findIssues, type QualityPolicies } from './quality/inspect.js';
import { readActions } from './store/read-actions.js';
import { readBars, type BarsRequest } from './store/read-bars.js';
import { requireDataset, type Store } from './store/store.js';

export interface CheckedBars {
  /**
   * open, high, low, close: total return on the basis of the last session; volume: shares; quotedOpen, quotedHigh,
   * quotedLow, quotedClose: as stored; tradedValue: quote currency; segment, suspect, suspectReturn: see the quality rules.
   */
  readonly bars: Panel;
  readonly findings: readonly QualityFinding[];
  readonly priceBasis: PriceBasis;
  /** Splits and dividends with an ex-date up to the last session, by instrument; empty unless the prices are raw. */
  readonly actions: ReadonlyMap<string, readonly CorporateAction[]>;
}

/** Sessions that the quality rules look back on: read before the first one wanted, so that what they say of it does not depend on where the bars begin. */
const RULE_HISTORY = 126;

/** Bars as delivered, with what is needed to make them comparable. */
export interface StoredBars {
  /** Columns of `readBars`, every session of the span; from before `start` on, for the rules. */
  readonly stored: Panel;
  readonly priceBasis: PriceBasis;
  readonly actions: ReadonlyMap<string, readonly CorporateAction[]>;
}

/** Bars from the store as everything else uses them: adjusted up to the last session asked for, checked, policies applied. */
export async function readCheckedBars(store: Store, request: BarsRequest, policies: QualityPolicies = {}): Promise<CheckedBars> {
  return checkStoredBars(await readStoredBars(store, request), request.start, (bars) => findIssues(bars, policies));
}

/** What `checkStoredBars` makes checked bars of; reads from before `start`, so that what the rules say does not depend on where the bars begin. */
export async function readStoredBars(store: Store, request: BarsRequest): Promise<StoredBars> {
  const { priceBasis = 'raw', firstDate } = requireDataset(await store.manifest(), 'bars', store.folder);
  const stored = await readBars(store, request.start === undefined ? request : { ...request, start: ruleStart(request.start, isoDate(firstDate!)) });
  const last = stored.last === null ? null : isoDate(stored.last);
  const actions = priceBasis === 'raw' && last !== null ? await readActions(store, stored.symbols, last) : new Map<string, CorporateAction[]>();
  return { stored, priceBasis, actions };
}

/**
 * Stored bars up to their last session as checked bars.
 * @param start first session wanted; all of them when absent
 * @param inspect finds what is wrong with adjusted bars
 */
export function checkStoredBars({ stored, priceBasis, actions }: StoredBars, start: IsoDate | undefined, inspect: (adjusted: Panel) => readonly QualityFinding[]): CheckedBars {
  const adjusted = adjustBars(stored, priceBasis, actions);
  const findings = inspect(adjusted);
  return since(start, { bars: applyPolicies(adjusted, findings), findings, priceBasis, actions }, stored);
}

/** Where bars are read from for rules that look back from `start`. */
export function ruleStart(start: IsoDate, first: IsoDate): IsoDate {
  if (start <= first) return start;
  const session = XNYS.onOrAfter(start);
  return XNYS.shift(session, -Math.min(RULE_HISTORY, Math.max(0, XNYS.count(first, session))));
}

/** What begins at the first session wanted; a symbol without a bar from there on is not in it. */
function since(start: IsoDate | undefined, { bars, findings, priceBasis, actions }: CheckedBars, stored: Panel): CheckedBars {
  if (start === undefined || bars.first === null || bars.first >= start) return { bars, findings, priceBasis, actions };
  const wanted = bars.between(start, isoDate(bars.last!));
  const from = stored.sessions.length - wanted.sessions.length;
  const present = wanted.symbols.filter((symbol) => stored.columnNames.some((name) => stored.series(name, symbol).subarray(from).some((value) => !Number.isNaN(value))));
  return { bars: present.length === wanted.symbols.length ? wanted : wanted.select(present), findings: findings.filter(({ end, symbol }) => end >= start && present.includes(symbol)), priceBasis, actions };
}
