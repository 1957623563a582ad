import { describe, expect, it } from 'vitest';

import { MarketInputs } from '../../src/features/compute/market-inputs.js';
import { Panel } from '../../src/table/panel.js';

/** Three members over three sessions; the last close of each follows from its return. */
function market(returns: readonly number[], marks: { suspect?: readonly number[]; seen?: readonly number[]; segment?: readonly number[] } = {}): MarketInputs {
  const close = Float64Array.from(returns.flatMap((value) => [100, 100, 100 * (1 + value)]));
  const last = (values: readonly number[]): Float64Array => Float64Array.from(values.flatMap((value) => [0, 0, value]));
  const columns = { open: close, high: close, low: close, close, volume: close, segment: last(marks.segment ?? returns.map(() => 0)), suspect: last(marks.suspect ?? returns.map(() => 0)), suspectReturn: last(marks.seen ?? returns.map(() => 0)) };
  return new MarketInputs({ bars: new Panel({ symbols: returns.map((_, row) => `S${row}`), sessions: Int32Array.of(1, 2, 3), columns }), sectors: new Map(returns.map((_, row) => [`S${row}`, 'One'])) });
}

const last = ({ indexReturn, sectorReturns }: MarketInputs): number[] => [indexReturn[2], sectorReturns[0][2]];

describe('the returns of the market', () => {
  it('are the mean of the members', () => {
    for (const value of last(market([0.01, 0.03, 0.05]))) expect(value).toBeCloseTo(0.03, 12);
  });

  it('count a suspect return as it was seen, but no further out than the others', () => {
    for (const value of last(market([-0.01, -0.05, -0.4], { suspect: [0, 0, 1], seen: [0, 0, -0.4] }))) expect(value).toBeCloseTo(-0.11 / 3, 12);
    for (const value of last(market([-0.01, -0.05, -0.03], { suspect: [0, 0, 1], seen: [0, 0, -0.03] }))) expect(value).toBeCloseTo(-0.03, 12);
  });

  it('do not change when the bar is found wrong later', () => {
    const then = market([0.02, 0.04, 0.9], { suspect: [0, 0, 1], seen: [0, 0, 0.9] });
    const later = market([0.02, 0.04, Number.NaN], { suspect: [0, 0, 1], seen: [0, 0, 0.9] });
    expect(last(later)).toEqual(last(then));
  });

  it('span no break of a series', () => {
    expect(last(market([0.02, 0.04, -0.5], { segment: [0, 0, 1] }))[0]).toBeCloseTo(0.03, 12);
  });
});
