import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/core/errors.js';
import { createRng } from '../../src/core/rng.js';
import type { Indicator, InputName, Inputs, ParameterValues } from '../../src/indicators/indicator.js';

const ROWS = 300;
const NAMES: readonly InputName[] = ['open', 'high', 'low', 'close', 'volume', 'other'];

type Outputs = Readonly<Record<string, Float64Array>>;

/** Clean bars of a random walk, without ties. */
function bars(): Inputs {
  const rng = createRng(20_160_520).fork('indicator contract');
  const inputs = Object.fromEntries(NAMES.map((name) => [name, new Float64Array(ROWS)])) as Record<InputName, Float64Array>;
  let [price, other] = [60, 25];
  for (let t = 0; t < ROWS; t++) {
    const open = price * Math.exp(0.006 * rng.normal());
    price = open * Math.exp(0.015 * rng.normal());
    other *= Math.exp(0.01 * rng.normal());
    inputs.open[t] = open;
    inputs.close[t] = price;
    inputs.high[t] = Math.max(open, price) * (1 + 0.01 * rng.float());
    inputs.low[t] = Math.min(open, price) * (1 - 0.01 * rng.float());
    inputs.volume[t] = 1e6 * Math.exp(0.4 * rng.normal());
    inputs.other[t] = other;
  }
  return inputs;
}

const each = (inputs: Inputs, change: (values: Float64Array, name: InputName) => Float64Array): Inputs => Object.fromEntries(NAMES.map((name) => [name, change(inputs[name], name)])) as unknown as Inputs;

/** Rows from `from` to `to` of all inputs. */
const cut = (inputs: Inputs, from: number, to = ROWS): Inputs => each(inputs, (values) => values.slice(from, to));

/** The inputs with NaN in rows [from, to) of one of them. */
function withGap(inputs: Inputs, gap: InputName, from: number, to = from + 1): Inputs {
  return each(inputs, (values, name) => (name === gap ? values.slice().fill(Number.NaN, from, to) : values));
}

function expectNear(found: number, expected: number, where: string): void {
  if (Number.isNaN(expected)) return expect(found, where).toBeNaN();
  expect(Math.abs(found - expected), `${where}: found ${found}, expected ${expected}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
}

/** What every indicator of the registry keeps, for one choice of parameters. */
export function testIndicatorContract(indicator: Indicator, parameters: ParameterValues): void {
  const clean = bars();
  const lookback = indicator.lookback(parameters);
  const compute = (inputs: Inputs): Outputs => indicator.compute(inputs, parameters);
  const whole = compute(clean);
  // an index counts rows from the start of its input
  const shift = indicator.name.endsWith('INDEX') ? 1 : 0;

  describe(`${indicator.name} ${JSON.stringify(parameters)}`, () => {
    it('has its outputs, one value a row, NaN exactly during warm-up', () => {
      expect(Object.keys(whole)).toEqual(indicator.outputs);
      for (const [name, values] of Object.entries(whole)) {
        expect(values).toBeInstanceOf(Float64Array);
        expect(values).toHaveLength(ROWS);
        values.forEach((value, t) => expect(Number.isFinite(value), `${name}[${t}] = ${value}`).toBe(t >= lookback));
      }
    });

    it('keeps the past when the future arrives', () => {
      for (const end of [0, 1, lookback, lookback + 1, lookback + 2, (ROWS + lookback) >> 1, ROWS - 1]) {
        const prefix = compute(cut(clean, 0, end));
        for (const name of indicator.outputs) expect(prefix[name], `${name} of ${end} rows`).toEqual(whole[name].slice(0, end));
      }
    });

    it('leaves its inputs and its earlier results alone', () => {
      const before = each(clean, (values) => values.slice());
      const results = Object.fromEntries(indicator.outputs.map((name) => [name, whole[name].slice()]));
      const again = compute(clean);
      compute(cut(clean, 17));
      expect(clean).toEqual(before);
      expect(whole).toEqual(results);
      expect(again).toEqual(results);
    });

    it('warms up from the first row where all inputs are there', () => {
      for (const late of indicator.inputs) {
        for (const rows of [1, 9]) {
          const found = compute(withGap(clean, late, 0, rows));
          const expected = compute(cut(clean, rows));
          for (const name of indicator.outputs) found[name].forEach((value, t) => expectNear(value, t < rows ? Number.NaN : expected[name][t - rows] + shift * rows, `${name}[${t}] with ${rows} rows of ${late} missing`));
        }
      }
    });

    it(`after a gap ${indicator.memory(parameters) === 'finite' ? 'comes back when the gap has left its window' : 'stays NaN'}`, () => {
      for (const gap of indicator.inputs) for (const row of [lookback + 5, ROWS - 2, ROWS - 1]) checkGap(gap, row);
    });

    it('is NaN throughout where an input is', () => {
      for (const missing of indicator.inputs) for (const values of Object.values(compute(withGap(clean, missing, 0, ROWS)))) expect(values.every(Number.isNaN)).toBe(true);
    });
  });

  function checkGap(gap: InputName, row: number): void {
    const found = compute(withGap(clean, gap, row));
    const after = indicator.memory(parameters) === 'finite' ? compute(cut(clean, row + 1)) : null;
    for (const name of indicator.outputs) {
      const where = (t: number): string => `${name}[${t}] with ${gap}[${row}] missing`;
      expect(found[name].slice(0, row), where(row)).toEqual(whole[name].slice(0, row));
      for (let t = row; t < ROWS; t++) {
        const value = found[name][t];
        if (after === null) expect(value, where(t)).toBeNaN();
        else if (t > row + lookback) expectNear(value, after[name][t - row - 1] + shift * (row + 1), where(t));
        // a row that does not read the missing one is what it would be anyway
        else if (!Number.isNaN(value)) expectNear(value, whole[name][t], where(t));
      }
      // in some row the missing value must show
      if (row + lookback < ROWS) expect(found[name].subarray(row, row + lookback + 1).some(Number.isNaN), where(row)).toBe(true);
    }
  }
}

/** What every indicator refuses. */
export function testIndicatorRefusals(indicator: Indicator): void {
  const clean = bars();
  const refuse = (inputs: Inputs, parameters: ParameterValues): void => expect(() => indicator.compute(inputs, parameters), JSON.stringify(parameters)).toThrow(InvariantError);

  it(`${indicator.name} refuses parameters out of range and inputs of different lengths`, () => {
    for (const [name, { kind, minimum }] of Object.entries(indicator.parameters)) {
      const bad = { period: [minimum! - 1, 2.5, Number.NaN, 100_001], number: [minimum! < 0 ? Number.NEGATIVE_INFINITY : minimum! - 0.001, Number.NaN], average: ['vwap'] }[kind];
      for (const value of bad) refuse(clean, { [name]: value as never });
    }
    const [first, ...others] = indicator.inputs;
    if (others.length > 0) refuse({ ...clean, [first]: clean[first].slice(1) }, {});
  });
}
