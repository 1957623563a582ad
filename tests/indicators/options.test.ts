import { describe, expect, it } from 'vitest';

import { InvariantError } from '../../src/core/errors.js';
import * as indicators from '../../src/indicators/index.js';
import type { Indicator } from '../../src/indicators/indicator.js';
import { INDICATORS } from '../../src/indicators/registry.js';

const ROWS = 120;
const series = Float64Array.from({ length: ROWS }, (_, t) => 50 + 9 * Math.sin(t / 7) + (t % 5));

/** Calls a function as one without types would: any arguments after its inputs. */
function call({ call: name, inputs }: Indicator, ...more: readonly unknown[]): unknown {
  const functions = indicators as unknown as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
  return functions[name](...inputs.map(() => series), ...more);
}

const byName = (name: string): Indicator => INDICATORS.find((each) => each.call === name)!;

/** Functions that take options after their inputs, and after a period where they have one. */
const WITH_OPTIONS = ['apo', 'ppo', 'macd', 'macdext', 'stoch', 'stochf', 'ultosc', 'adosc', 'sar', 'sarext', 'mama'];
const WITH_PERIOD_AND_OPTIONS = ['bbands', 'ma', 't3', 'stddev', 'stochrsi'];
const callWith = (name: string, options: unknown): unknown => call(byName(name), ...(WITH_PERIOD_AND_OPTIONS.includes(name) ? [10, options] : [options]));

describe('options of indicators', () => {
  it.each([...WITH_OPTIONS, ...WITH_PERIOD_AND_OPTIONS])('of %s are an object of known names', (name) => {
    const known = Object.keys(byName(name).parameters).at(-1)!;
    for (const options of [12, '12', null, [12], true]) expect(() => callWith(name, options), JSON.stringify(options)).toThrow(`expected the options of ${name} as an object with `);
    expect(() => callWith(name, { [known.toLowerCase()]: 5, zzzzzzzz: 5 })).toThrow(InvariantError);
    expect(() => callWith(name, { zzzzzzzz: 5 })).toThrow(new RegExp(`^expected only the options .*${known}.*, found "zzzzzzzz" in ${name}$`));
    expect(() => callWith(name, {})).not.toThrow();
    expect(() => callWith(name, { [known]: undefined })).not.toThrow();
  });

  it('that are misspelt are refused with the one that was meant', () => {
    expect(() => callWith('macd', { fastperiod: 5 })).toThrow('expected only the options fastPeriod, slowPeriod, signalPeriod, found "fastperiod" in macd; did you mean "fastPeriod"?');
    expect(() => call(byName('macd'), 12, 26, 9)).toThrow('expected the options of macd as an object with fastPeriod, slowPeriod, signalPeriod, found 12');
  });

  it('that are text are quoted, with the name of the parameter', () => {
    expect(() => call(byName('rsi'), '14')).toThrow('expected a whole number of rows between 2 and 100000, found "14" as period of rsi');
    expect(() => call(byName('rsi'), { period: 14 })).toThrow('found an object as period of rsi');
    expect(() => callWith('macd', { signalPeriod: '9' })).toThrow('found "9" as signalPeriod of macd');
    expect(() => callWith('sar', { maximum: '0.2' })).toThrow('found "0.2" as maximum of sar');
    expect(() => callWith('bbands', { maType: 'vwap' })).toThrow('found "vwap" as maType of bbands');
  });

  it.each(INDICATORS.filter(({ parameters }) => Object.keys(parameters).length > 0))('of $name are named when they are of the wrong kind', (indicator) => {
    const inputs = { open: series, high: series, low: series, close: series, volume: series, other: series };
    for (const name of Object.keys(indicator.parameters)) {
      expect(() => indicator.compute(inputs, { [name]: '7' as never })).toThrow(`found "7" as ${name} of ${indicator.call}`);
      expect(() => indicator.compute(inputs, { [`${name}x`]: 7 })).toThrow(`found "${name}x" in ${indicator.call}`);
    }
  });
});
