import { describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { InvariantError } from '../../src/core/errors.js';
import { createRng } from '../../src/core/rng.js';
import { PURE_NOISE, settleSimulation, SIMULATION_DEFAULTS } from '../../src/simulation/settings.js';
import { syntheticMarket } from '../../src/simulation/synthetic-market.js';

describe('settings of a simulation', () => {
  it('are the defaults where nothing is said, group by group and part by part', () => {
    expect(settleSimulation()).toEqual(SIMULATION_DEFAULTS);
    const settled = settleSimulation({ symbols: 10, jumps: { perYear: 0 }, momentum: { ic: 0.1 }, graph: null });
    expect(settled).toEqual({ ...SIMULATION_DEFAULTS, symbols: 10, jumps: { ...SIMULATION_DEFAULTS.jumps, perYear: 0 }, momentum: { ...SIMULATION_DEFAULTS.momentum, ic: 0.1 }, graph: null });
    expect(settleSimulation(PURE_NOISE)).toMatchObject({ signals: [], momentum: null, graph: null, news: { correlation: 0 }, options: { ...SIMULATION_DEFAULTS.options, skew: { ic: 0 }, putCall: { ic: 0 } } });
    expect(settleSimulation({ options: null }).options).toBeNull();
  });

  it.each<[string, object, string]>([
    ['symbols', { symbols: 1 }, 'a whole number from 2 to 5000, found 1'],
    ['start', { start: '2013-02-30' }, 'a date as yyyy-mm-dd, found "2013-02-30"'],
    ['end', { end: '2012-01-03' }, 'a date as yyyy-mm-dd from 2013-01-02 on, found "2012-01-03"'],
    ['sectors.count', { sectors: { count: 12 } }, 'a whole number from 1 to 11, found 12'],
    ['residual.volatility', { residual: { volatility: 0 } }, 'found 0'],
    ['market.calm.volatility', { market: { calm: { drift: 0, volatility: -0.1, meanSessions: 10 } } }, 'found -0.1'],
    ['stochasticVolatility.persistence', { stochasticVolatility: { persistence: 1 } }, 'found 1'],
    ['jumps.degreesOfFreedom', { jumps: { degreesOfFreedom: 2.5 } }, 'found 2.5'],
    ['jumps.perYear', { jumps: { perYear: NaN } }, 'a number from 0 to 252'],
    ['overnightShare', { overnightShare: 1 }, 'found 1'],
    ['membership.listedOutside', { membership: { members: 0.9, listedOutside: 0.2 } }, 'found 0.2'],
    ['signals[1].name', { signals: [{ name: 'a', ic: 0, horizon: 1, persistence: 0 }, { name: 'a', ic: 0, horizon: 1, persistence: 0 }] }, 'a name of its own, found "a"'],
    ['signals[0].ic', { signals: [{ name: 'a', ic: 0.5, horizon: 1, persistence: 0 }] }, 'a number from -0.3 to 0.3, found 0.5'],
    ['momentum.to', { momentum: { from: 5, to: 5 } }, 'a whole number from 0 to 4, found 5'],
    ['graph.neighbours', { graph: { neighbours: 3 } }, 'an even number, found 3'],
    ['news.correlation', { news: { correlation: 2 } }, 'found 2'],
    ['options.underlyings', { options: { underlyings: 0 } }, 'a whole number from 1 to 5000, found 0'],
    ['options.premium', { options: { premium: 3 } }, 'found 3'],
    ['options.skew.ic', { options: { skew: { ...SIMULATION_DEFAULTS.options!.skew, ic: 0.5 } } }, 'a number from -0.3 to 0.3, found 0.5'],
    ['options.putCall.persistence', { options: { putCall: { ...SIMULATION_DEFAULTS.options!.putCall, persistence: 1 } } }, 'found 1'],
    ['options.skew', { options: { skew: null } }, 'the parts mean, deviation, ic, horizon, persistence, found null'],
    ['options', { options: { strikes: 10 } }, 'found "strikes"'],
    ['jumps', { jumps: { size: 2 } }, 'the parts perYear, scale, degreesOfFreedom, found "size"'],
    ['seeds', { seeds: 2 }, 'found "seeds"'],
  ])('out of range are refused by name: %s', (setting, options, said) => {
    const settle = (): unknown => settleSimulation(options);
    expect(settle).toThrow(InvariantError);
    expect(settle).toThrow(`in ${setting} of a simulation`);
    expect(settle).toThrow(said);
  });

  it('that plant more than a return can hold are refused', () => {
    const strong = (name: string) => ({ name, ic: 0.3, horizon: 5, persistence: 0 });
    expect(() => syntheticMarket({ symbols: 10, signals: [strong('a')] }, createRng(1))).toThrow('at most half of the residual variance');
    expect(() => syntheticMarket({ symbols: 10, signals: [{ ...strong('a'), horizon: 20 }] }, createRng(1))).toThrow('expected a rank IC that can be planted, found 0.3 over 20 sessions');
    expect(() => syntheticMarket({ symbols: 10, start: isoDate('2013-01-05'), end: isoDate('2013-01-07') }, createRng(1))).toThrow('expected at least two sessions, found 1');
  });
});
