import { fromEpochDay, type EpochDay } from '../../core/dates.js';
import { readMacro } from '../../data/point-in-time/read-macro.js';
import type { Store } from '../../data/store/store.js';
import { latestKnown } from '../../table/vintages.js';

/** Points of a riskless curve, continuous rates; can be sent to a worker. */
export interface CurvePoints {
  readonly years: readonly number[];
  readonly rates: readonly number[];
}

const YIELDS = [
  ['DGS1MO', 1 / 12],
  ['DGS3MO', 1 / 4],
  ['DGS6MO', 1 / 2],
  ['DGS1', 1],
] as const;

/** Calendar days after which a yield says nothing about the present. */
const MAX_AGE = 30;

/**
 * Treasury yields as they were known at the decision time of each session, as continuous rates; the configured rate where none was.
 * @param sessions ascending epoch days
 */
export async function treasuryCurves(store: Store, sessions: Int32Array, rate: number): Promise<CurvePoints[]> {
  const last = sessions.at(-1);
  if (last === undefined) return [];
  const macro = await readMacro(store, YIELDS.map(([id]) => id), fromEpochDay(last));
  const known = YIELDS.flatMap(([id, years]) => (macro.has(id) ? [{ years, values: latestKnown(macro.get(id)!, sessions, MAX_AGE) }] : []));
  return Array.from(sessions, (_: EpochDay, t) => {
    const points = known.filter(({ values }) => Number.isFinite(values[t]));
    return points.length === 0 ? { years: [1], rates: [rate] } : { years: points.map(({ years }) => years), rates: points.map(({ values }) => Math.log1p(values[t] / 100)) };
  });
}
