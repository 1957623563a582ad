import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SERIES_COLUMNS, SeriesInputs, type SeriesColumn } from '../../../src/features/compute/series-inputs.js';
import { squeeze } from '../../../src/features/options/squeeze.js';
import { wanderingInput } from '../../options/intelligence/made-history.js';

interface Known {
  /** Sessions from which on each of the three has a value. */
  readonly near: number;
  readonly volatility: number;
  readonly close: number;
}

const COUNT = 330;

/** Wandering figures, each unknown before some session. */
function inputsFrom({ near, volatility, close }: Known): SeriesInputs {
  const input = wanderingInput(8, COUNT);
  const known = (values: Float64Array, from: number): Float64Array => values.map((value, t) => (t < from ? Number.NaN : value));
  const columns = Object.fromEntries(SERIES_COLUMNS.map((name) => [name, known(input.close, close)])) as Record<SeriesColumn, Float64Array>;
  const options = { ...input.columns, nearCallOpenInterest: known(input.columns.nearCallOpenInterest!, near), volatility30: known(input.columns.volatility30!, volatility) };
  return new SeriesInputs(input.sessions, columns, { tables: { fundamentals: new Map(), earnings: new Map(), macro: new Map() }, options });
}

describe('what a squeeze score stands on', () => {
  it.each([
    { near: 200, volatility: 0, close: 0 },
    { near: 0, volatility: 200, close: 0 },
    { near: 0, volatility: 0, close: 195 },
  ])('is the shortest of its windows: $near, $volatility, $close', (known) => {
    const support = squeeze.support!(inputsFrom(known));
    // figures have gaps of one session in a hundred, and mixed ones
    expect(support[COUNT - 1]).toBeLessThanOrEqual(COUNT - 200);
    expect(support[COUNT - 1]).toBeGreaterThan(0.9 * (COUNT - 200));
  });

  it('is enough wherever there is a score, and there is none where it is not', () => {
    const start = fc.integer({ min: 0, max: COUNT });
    fc.assert(fc.property(fc.record({ near: start, volatility: start, close: start }), (known) => {
      const series = inputsFrom(known);
      const [scores, support] = [squeeze.compute(series), squeeze.support!(series)];
      support.forEach((count, t) => expect(count >= 40 || Number.isNaN(scores[t]), `${t}: ${count}, ${scores[t]}`).toBe(true));
    }), { seed: 5, numRuns: 30 });
  });
});
