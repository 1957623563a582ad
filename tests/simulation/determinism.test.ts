import { beforeAll, describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { hashParts } from '../../src/core/hash.js';
import { createRng } from '../../src/core/rng.js';
import { SIMULATION_REVISION, type SimulationOptions } from '../../src/simulation/settings.js';
import { syntheticMarket, type SyntheticMarket } from '../../src/simulation/synthetic-market.js';

const SMALL: SimulationOptions = { symbols: 40, start: isoDate('2014-01-02'), end: isoDate('2015-06-30') };
const make = (options: SimulationOptions = {}, seed = 3): SyntheticMarket => syntheticMarket({ ...SMALL, ...options }, createRng(seed));

let market: SyntheticMarket;
beforeAll(() => void (market = make()));

describe('a synthetic market', () => {
  it('is the same for a seed, bit for bit, and another for another', () => {
    expect(make()).toEqual(market);
    expect(make({}, 4).bars.close).not.toEqual(market.bars.close);
  });

  it('does not depend on what else was drawn from the stream', () => {
    const rng = createRng(3);
    rng.normal();
    rng.fork('something else').float();
    expect(syntheticMarket(SMALL, rng).bars).toEqual(market.bars);
  });

  it('has the same prices whatever the news', () => {
    for (const news of [{ perYear: 0 }, { perYear: 100 }, { correlation: 0 }]) {
      const other = make({ news });
      expect(other.bars).toEqual(market.bars);
      expect(other.truth).toEqual(market.truth);
      expect(other.news).not.toEqual(market.news);
    }
  });

  it('has the same factors, volatilities and listings whatever is planted', () => {
    const other = make({ signals: [], momentum: null, graph: null });
    expect(other.truth.regimes).toEqual(market.truth.regimes);
    expect(other.truth.marketVolatility).toEqual(market.truth.marketVolatility);
    expect(other.truth.volatility).toEqual(market.truth.volatility);
    expect(other.membership).toEqual(market.membership);
    expect(other.bars.close).not.toEqual(market.bars.close);
  });

  it('begins the same when it goes on for longer', () => {
    const longer = make({ end: isoDate('2016-12-30') });
    const [short, long] = [market.sessions.length, longer.sessions.length];
    expect(long).toBeGreaterThan(short + 300);
    const begins = (from: Float32Array | Float64Array, whole: Float32Array | Float64Array): void => {
      for (let i = 0; i < market.symbols.length; i++) expect(whole.slice(i * long, i * long + short)).toEqual(from.slice(i * short, (i + 1) * short));
    };
    for (const column of ['open', 'high', 'low', 'close', 'volume', 'tradedValue'] as const) begins(market.bars[column], longer.bars[column]);
    for (const column of ['residual', 'volatility', 'momentum', 'neighbours'] as const) begins(market.truth[column], longer.truth[column]);
    for (const [name, values] of market.signals) begins(values, longer.signals.get(name)!);
    expect(longer.truth.regimes.slice(0, short)).toEqual(market.truth.regimes);
    const early = longer.news.titles.filter((_, item) => longer.news.session[item] < short);
    expect(early).toEqual(market.news.titles);
    expect(longer.news.tone.filter((_, item) => longer.news.session[item] < short)).toEqual(market.news.tone);
  });
});

describe('the revision of the simulation', () => {
  it('stands for these numbers: who changes them raises SIMULATION_REVISION, so that stores take them in', () => {
    const { bars, news, membership } = market;
    const pin = hashParts([...Object.values(bars).slice(0, 5), news.titles.join('\n'), membership.start, membership.end]);
    expect([SIMULATION_REVISION, pin.slice(0, 16)]).toMatchInlineSnapshot(`
      [
        1,
        "6330f630b475f4f7",
      ]
    `);
  });
});
