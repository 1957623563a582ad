import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { centredRank } from '../../src/math/cross-section.js';
import { meanOfRanks } from '../../src/recommendation/mean-of-ranks.js';
import type { Opinion } from '../../src/recommendation/opinion.js';
import type { Forecast } from '../../src/strategy/view.js';

type Told = Pick<Opinion, 'title' | 'forecasts' | 'ranks' | 'horizon'>;

/** What a model says by scores, NaN where it says nothing. */
function opinion(title: string, scores: readonly number[], { horizon = 5, returns = true }: { readonly horizon?: number; readonly returns?: boolean } = {}): Told {
  const forecasts = scores.map((score, at): Forecast | null => {
    if (Number.isNaN(score)) return null;
    const expected = 0.001 * score + 0.0001 * at;
    return { model: title, score, expectedReturn: returns ? expected : null, edge: returns ? expected / 2 : null, interval: returns ? [expected - 0.03 - 0.001 * Math.abs(score), expected + 0.02] : null, coverage: 0.8, horizon, drivers: [], rest: null };
  });
  return { title, forecasts, ranks: centredRank(scores), horizon };
}

const both = (own: Told, network: Told): (Forecast | null)[] => meanOfRanks(own as Opinion, network as Opinion);
const scores = fc.oneof({ weight: 4, arbitrary: fc.double({ min: -3, max: 3, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) });
const pairs = fc.array(fc.tuple(scores, scores), { minLength: 1, maxLength: 20 });
const told = (name: string, drawn: readonly (readonly [number, number])[], side: 0 | 1, options = {}): Told => opinion(name, drawn.map((pair) => pair[side]), options);

describe('the mean of two ranks', () => {
  it('is the score, and says nothing where one of the two says nothing', () => {
    fc.assert(fc.property(pairs, (drawn) => {
      const [own, network] = [told('ranker', drawn, 0), told('network', drawn, 1)];
      both(own, network).forEach((forecast, at) => {
        if (drawn[at].some(Number.isNaN)) return expect(forecast).toBeNull();
        expect(forecast).toMatchObject({ model: 'ranker and network', score: (own.ranks[at] + network.ranks[at]) / 2, horizon: 5, coverage: 0.8 });
        expect(Math.abs(forecast!.score)).toBeLessThan(0.5);
        const said = forecast!.remarks!.filter(({ code }) => code === 'mean-of-ranks');
        expect(said).toEqual([{ code: 'mean-of-ranks', values: { model: 'ranker', rank: own.ranks[at] + 0.5, network: 'network', networkRank: network.ranks[at] + 0.5 } }]);
      });
    }));
  });

  it('is the same whatever the units of the scores', () => {
    const whole = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), { minLength: 1, maxLength: 20 }); // with ties
    fc.assert(fc.property(whole, (drawn) => {
      const scoresOf = (network: Told): unknown[] => both(told('ranker', drawn, 0), network).map((forecast) => forecast!.score);
      expect(scoresOf(opinion('network', drawn.map(([, score]) => Math.exp(score))))).toEqual(scoresOf(told('network', drawn, 1)));
    }));
  });

  it("keeps expected return and interval of the model's own rank, whatever the network says of them", () => {
    fc.assert(fc.property(pairs, (drawn) => {
      const [own, network] = [told('ranker', drawn, 0), told('network', drawn, 1)];
      both(own, network).forEach((forecast, at) => {
        if (forecast === null) return;
        const { expectedReturn, edge, interval, coverage, horizon } = own.forecasts[at]!;
        expect(forecast).toMatchObject({ expectedReturn, edge, interval, coverage, horizon });
      });
    }));
  });

  it('says nothing where one of the two says nothing', () => {
    const own = opinion('ranker', [1, 2, Number.NaN]);
    const [first, second, third] = both(own, opinion('network', [5, Number.NaN, 3], { horizon: 10, returns: false }));
    expect(first).toMatchObject({ expectedReturn: own.forecasts[0]!.expectedReturn, horizon: 5 });
    expect(second).toBeNull();
    expect(third).toBeNull();
  });
});
