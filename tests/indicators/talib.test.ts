import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InputName, ParameterValues } from '../../src/indicators/indicator.js';
import { INDICATORS } from '../../src/indicators/registry.js';

interface Answer {
  readonly first: number | null;
  /** Every sixth row from the first one at or after the lookback. */
  readonly sampled: readonly (number | null)[];
}

interface Fixture {
  readonly every: number;
  readonly series: Readonly<Record<string, Readonly<Record<InputName, readonly number[]>>>>;
  readonly cases: readonly { readonly name: string; readonly parameters: ParameterValues; readonly lookback: number; readonly answers: Readonly<Record<string, readonly Answer[]>> }[];
}

const TOLERANCE = 1e-9;
const fixture = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/talib.json'), 'utf8')) as Fixture;
const seriesOf = Object.fromEntries(Object.entries(fixture.series).map(([label, columns]) => [label, Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])) as Record<InputName, Float64Array>]));

function expectNear(found: number, expected: number | null, where: string): void {
  if (expected === null) return expect(found, where).toBeNaN();
  expect(Math.abs(found - expected), `${where}: found ${found}, TA-Lib ${expected}`).toBeLessThanOrEqual(TOLERANCE * Math.max(1, Math.abs(expected)));
}

describe('every indicator of the registry', () => {
  it('is in the file of TA-Lib answers, and nothing else is', () => {
    expect(new Set(fixture.cases.map(({ name }) => name))).toEqual(new Set(INDICATORS.map(({ name }) => name)));
  });

  it.each(fixture.cases.map((each) => ({ ...each, title: `${each.name}(${JSON.stringify(each.parameters).slice(1, -1).replaceAll('"', '')})` })))('$title equals TA-Lib', ({ name, parameters, lookback, answers }) => {
    const indicator = INDICATORS.find((each) => each.name === name)!;
    expect(indicator.lookback(parameters)).toBe(lookback);
    for (const [label, expected] of Object.entries(answers)) {
      const found = indicator.compute(seriesOf[label], parameters);
      expect(expected).toHaveLength(indicator.outputs.length);
      indicator.outputs.forEach((output, i) => {
        const { first, sampled } = expected[i];
        expectNear(found[output][lookback], first, `${label} ${output}[${lookback}]`);
        const from = Math.ceil(lookback / fixture.every) * fixture.every;
        sampled.forEach((value, j) => expectNear(found[output][from + j * fixture.every], value, `${label} ${output}[${from + j * fixture.every}]`));
        expect(from + sampled.length * fixture.every).toBeGreaterThanOrEqual(found[output].length);
      });
    }
  });
});
