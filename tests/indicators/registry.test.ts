import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as indicators from '../../src/indicators/index.js';
import type { ParameterValues } from '../../src/indicators/indicator.js';
import { INDICATORS } from '../../src/indicators/registry.js';
import { testIndicatorContract, testIndicatorRefusals } from '../contracts/indicator.js';

const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/talib.json'), 'utf8')) as { readonly cases: readonly { readonly name: string; readonly parameters: ParameterValues }[] };

describe('the registry of indicators', () => {
  it('has every function that the module exports, and no other', () => {
    const functions = Object.entries(indicators).flatMap(([name, value]) => (typeof value === 'function' && name !== 'inOneBuffer' ? [name] : []));
    expect(INDICATORS.map(({ call }) => call).sort()).toEqual(functions.sort());
  });

  it('names each once', () => {
    for (const key of ['name', 'call', 'title'] as const) expect(new Set(INDICATORS.map((each) => each[key])).size).toBe(INDICATORS.length);
  });

  it.each(INDICATORS)('$name has the defaults of its function', (indicator) => {
    const series = Float64Array.from({ length: 200 }, (_, t) => 50 + 9 * Math.sin(t / 7) + (t % 5));
    const above = series.map((value, t) => value + 1 + (t % 3));
    const inputs = { open: series, high: above, low: series.map((value, t) => value - 1 - (t % 4)), close: series, volume: above, other: above };
    const call = (indicators as unknown as Record<string, (...args: readonly Float64Array[]) => Float64Array | Record<string, Float64Array>>)[indicator.call];
    const found = call(...indicator.inputs.map((name) => inputs[name]));
    expect(indicator.compute(inputs)).toEqual(found instanceof Float64Array ? { [indicator.call]: found } : found);
  });
});

describe('refusals', () => {
  for (const indicator of INDICATORS) testIndicatorRefusals(indicator);
});

describe('contract', () => {
  for (const { name, parameters } of cases) testIndicatorContract(INDICATORS.find((each) => each.name === name)!, parameters);
});
