import { XNYS } from '../../core/calendar.js';
import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import { readCheckedBars } from '../../data/checked-bars.js';
import type { QualityPolicies } from '../../data/quality/inspect.js';
import type { Store } from '../../data/store/store.js';
import { computeFeatures } from '../../features/compute/compute-features.js';
import { FEATURES } from '../../features/registry.js';
import { resolveFeatures } from '../../features/sets.js';
import type { OrderRulesConfig } from '../../strategy/orders/config.js';
import { stopLevel } from '../../strategy/orders/stop-level.js';
import { targetLevel } from '../../strategy/orders/target-level.js';
import { trailingDistance } from '../../strategy/orders/trailing-distance.js';
import { MarketView } from '../../strategy/view.js';

/** What the strategy would set for a name bought at the close of a session. */
export interface AssumedLevels {
  readonly close: number;
  readonly stop: number;
  readonly target: number;
  readonly trailing: number | null;
}

const RANGE = 'average-true-range-14';
/** Sessions that ranges and structure stops look back on. */
const HISTORY = 130;

/** Levels by instrument, known at the close of the session; an instrument without a bar on it, or without a range, is not in it. */
export async function assumeLevels(store: Store, symbols: readonly string[], session: IsoDate, { rules, policies }: { readonly rules: OrderRulesConfig; readonly policies: QualityPolicies }): Promise<ReadonlyMap<string, AssumedLevels>> {
  if (symbols.length === 0) return new Map();
  const { bars } = await readCheckedBars(store, { symbols, start: XNYS.shift(session, -HISTORY), end: session, allowMissing: true }, policies);
  const index = bars.sessions.length - 1;
  if (index < 0 || fromEpochDay(bars.sessions[index]) !== session) return new Map();
  const features = computeFeatures({ bars }, resolveFeatures([RANGE], FEATURES));
  const view = new MarketView({ index, bars, features, eligible: [], forecasts: new Map() });
  return new Map(
    bars.symbols.flatMap((symbol): [string, AssumedLevels][] => {
      const [close, range] = [view.close(symbol), view.feature(RANGE, symbol)];
      if (!(close > 0 && range > 0)) return [];
      return [[symbol, { close, stop: stopLevel(view, symbol, { entry: close, range }, rules).stop, target: targetLevel(close, range, rules), trailing: trailingDistance(close, range, rules) }]];
    }),
  );
}
