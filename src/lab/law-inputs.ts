import { fromEpochDay } from '../core/dates.js';
import type { Rng } from '../core/rng.js';
import { readCheckedBars } from '../data/checked-bars.js';
import type { Store } from '../data/store/store.js';
import type { FeatureInputs } from '../features/compute/feature-inputs.js';
import type { Panel } from '../table/panel.js';
import { readFeatureInputs, type FeatureInputsRequest } from './feature-inputs.js';

/**
 * What the store would have given on some past sessions, by their number of sessions: bars adjusted, checked and masked with
 * what was known then. Half of the sessions are such that hold a suspect bar, as far as there are any.
 */
export async function pastInputs(store: Store, request: FeatureInputsRequest, { rng, places }: { readonly rng: Rng; readonly places: number }): Promise<ReadonlyMap<number, FeatureInputs>> {
  const { bars, policies } = request;
  const chosen = new Set([...rng.shuffle(suspectSessions(bars)).slice(0, Math.ceil(places / 2))]);
  while (chosen.size < Math.min(places, bars.sessions.length - 1)) chosen.add(rng.integer(1, bars.sessions.length - 1));
  const past = new Map<number, FeatureInputs>();
  for (const t of [...chosen].sort((a, b) => a - b)) {
    const span = { start: fromEpochDay(bars.sessions[0]), end: fromEpochDay(bars.sessions[t]) };
    const then = await readCheckedBars(store, { symbols: bars.symbols, allowMissing: true, ...span }, policies);
    past.set(t + 1, await readFeatureInputs(store, { ...request, bars: then.bars }));
  }
  return past;
}

function suspectSessions(bars: Panel): number[] {
  if (!bars.has('suspect')) return [];
  const width = bars.sessions.length;
  const found = new Set<number>();
  bars.column('suspect').forEach((mark, at) => mark === 1 && at % width > 0 && at % width < width - 1 && found.add(at % width));
  return [...found].sort((a, b) => a - b);
}
