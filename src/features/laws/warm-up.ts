import { fromEpochDay } from '../../core/dates.js';
import type { Panel } from '../../table/panel.js';
import { computeFeatures } from '../compute/compute-features.js';
import { betweenSessions } from '../compute/cut.js';
import type { FeatureInputs } from '../compute/feature-inputs.js';
import type { Feature } from '../feature.js';
import { differences, type LawBreach } from './breach.js';

/**
 * Warm-up law: NaN before the lookback is full, and from then on the same bits whether older history exists or not.
 *
 * The lookback of features of the market counts from the first session at hand, that of others from the instrument's first bar.
 * @param starts positions at which history is made to begin
 */
export function checkWarmUp(inputs: FeatureInputs, features: readonly Feature[], { whole, starts, known }: { whole: Panel; starts: readonly number[]; known: readonly Feature[] }): LawBreach[] {
  const width = inputs.bars.sessions.length;
  return starts.map((start) => cleanStart(inputs, start)).flatMap((start) => {
    const younger = betweenSessions(inputs, start, width);
    const found = computeFeatures(younger, features, { known });
    const detail = `history beginning ${fromEpochDay(inputs.bars.sessions[start])}`;
    return features.flatMap((feature) => {
      const one = found.columns([feature.name]);
      const later = differences({ law: 'warm-up', detail, expected: whole.columns([feature.name]), found: one, start: Math.min(feature.lookback, width - start) });
      return [...earlyValues(feature, one, detail), ...later];
    });
  });
}

/** The next session at which no instrument that was there before and comes back lacks its bar: the lookback counts from bars. */
export function cleanStart({ bars }: FeatureInputs, start: number): number {
  const width = bars.sessions.length;
  const close = bars.column('close');
  const gap = (row: number, t: number): boolean => {
    const own = close.subarray(row * width, (row + 1) * width);
    const present = (value: number): boolean => value > 0;
    return !present(own[t]) && own.subarray(0, t).some(present) && own.subarray(t).some(present);
  };
  let t = start;
  while (t < width - 1 && bars.symbols.some((_, row) => gap(row, t))) t++;
  return t;
}

function earlyValues({ name, lookback, minHistory = lookback }: Feature, values: Panel, detail: string): LawBreach[] {
  const width = values.sessions.length;
  const column = values.column(name);
  for (let t = 0; t < Math.min(minHistory, width); t++) {
    for (let row = 0; row < values.symbols.length; row++) {
      const found = column[row * width + t];
      if (!Number.isNaN(found)) return [{ law: 'warm-up', feature: name, symbol: values.symbols[row], session: fromEpochDay(values.sessions[t]), expected: Number.NaN, found, detail: `${detail}, within the lookback` }];
    }
  }
  return [];
}
