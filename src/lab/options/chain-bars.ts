import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import type { QualityPolicies } from '../../data/quality/inspect.js';
import { readCheckedBars } from '../../data/checked-bars.js';
import type { Store } from '../../data/store/store.js';
import { sinceLastSplit } from '../../options/history/split-step.js';
import { Panel } from '../../table/panel.js';

export interface ChainBarsRequest {
  readonly underlying: string;
  /** Epoch days, ascending, those of the exchange. */
  readonly sessions: Int32Array;
  /** Unadjusted prices that the chains carry, [session]. */
  readonly spot: Float64Array;
  readonly policies: QualityPolicies;
}

/** Bars of an underlying, and whether they are stored ones or made of the prices that its chains carry. */
export interface ChainBars {
  readonly bars: Panel;
  readonly from: 'bars' | 'chains';
  /** Closes that can be compared with the last one, NaN before a split, [session]. */
  readonly close: Float64Array;
  /** Session of the last split that the prices in the chains show: those before it cannot be compared; `null` for none, or where the bars are stored ones. */
  readonly since: IsoDate | null;
}

/**
 * Bars of one underlying on some sessions: adjusted and checked ones of the store, where it has one of the last session; else bars of the
 * prices in the chains, unadjusted and without volume, in another segment before a split.
 */
export async function chainBars(store: Store, { underlying, sessions, spot, policies }: ChainBarsRequest): Promise<ChainBars> {
  const stored = await storedBars(store, { underlying, sessions, policies });
  if (stored !== null) return { bars: stored, from: 'bars', close: Float64Array.from(stored.series('close', underlying)), since: null };
  const none = new Float64Array(sessions.length).fill(Number.NaN);
  const first = sinceLastSplit(spot);
  // figures that compare no closes go on across a split: features leave out by segments what spans it
  const segment = spot.map((_, t) => (t < first ? 0 : 1));
  const bars = new Panel({ symbols: [underlying], sessions, columns: { open: spot, high: spot, low: spot, close: spot, volume: none, segment } });
  return { bars, from: 'chains', close: spot.map((price, t) => (t < first ? Number.NaN : price)), since: first > 0 ? fromEpochDay(sessions[first]) : null };
}

async function storedBars(store: Store, { underlying, sessions, policies }: Omit<ChainBarsRequest, 'spot'>): Promise<Panel | null> {
  if ((await store.entry('bars')) === null) return null;
  const span = { start: fromEpochDay(sessions[0]), end: fromEpochDay(sessions[sessions.length - 1]) };
  const { bars } = await readCheckedBars(store, { symbols: [underlying], allowMissing: true, ...span }, policies);
  if (!bars.hasSymbol(underlying) || bars.last !== span.end || !(bars.series('close', underlying).at(-1)! > 0)) return null;
  return bars.sessions.length === sessions.length ? bars : withSessions(bars, underlying, sessions);
}

/** The same bars on more sessions, NaN where there are none. */
function withSessions(bars: Panel, underlying: string, sessions: Int32Array): Panel {
  const at = new Map(Array.from(bars.sessions, (day, t) => [day, t]));
  const spread = (name: string): Float64Array => {
    const values = bars.series(name, underlying);
    return Float64Array.from(sessions, (day) => (at.has(day) ? values[at.get(day)!] : Number.NaN));
  };
  return new Panel({ symbols: [underlying], sessions, columns: Object.fromEntries(bars.columnNames.map((name) => [name, spread(name)])) });
}
