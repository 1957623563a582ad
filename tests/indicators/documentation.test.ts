import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as ta from '../../src/indicators/index.js';
import type { Indicator, IndicatorGroup, Parameter } from '../../src/indicators/indicator.js';
import { INDICATORS } from '../../src/indicators/registry.js';

const PATH = join(import.meta.dirname, '../../docs/INDICATORS.md');

const TITLES: Readonly<Record<IndicatorGroup, string>> = {
  overlap: 'Overlap studies',
  momentum: 'Momentum',
  volume: 'Volume',
  volatility: 'Volatility',
  price: 'Price transforms',
  statistics: 'Statistics',
  rolling: 'Rolling extremes and sums',
  cycle: 'Cycles',
};

function signature({ call, inputs, parameters }: Indicator): string {
  const shown = ([name, { default: usual }]: readonly [string, Parameter]): string => `${name} ${typeof usual === 'string' ? `'${usual}'` : usual}`;
  const entries = Object.entries(parameters);
  const first = entries.filter(([name]) => name === 'period' || (entries.length === 1 && name === 'signalPeriod')).map(shown);
  const rest = entries.slice(first.length).map(shown);
  return `\`${call}(${[...inputs, ...first, ...(rest.length > 0 ? [`{ ${rest.join(', ')} }`] : [])].join(', ')})\``;
}

function row(indicator: Indicator): string {
  const outputs = indicator.outputs.length > 1 ? indicator.outputs.map((name) => `\`${name}\``).join(', ') : '';
  return `| ${signature(indicator)} | ${indicator.name}: ${indicator.title} | ${outputs} | ${indicator.lookback()} | ${indicator.memory()} | ${indicator.smoothing} | ${indicator.reference} |`;
}

function section(): string {
  return (Object.keys(TITLES) as IndicatorGroup[])
    .map((group) => [`### ${TITLES[group]}\n`, '| call, with defaults | what it is | outputs | lookback | memory | smoothing and seed | formula |', '|---|---|---|---|---|---|---|', ...INDICATORS.filter((each) => each.group === group).map(row)].join('\n'))
    .join('\n\n');
}

const START = '<!-- indicators: written by tests/indicators/documentation.test.ts -->';
const END = '<!-- end of indicators -->';

/** The document with the tables between their marks. */
function withTables(document: string): string {
  const [start, end] = [document.indexOf(START), document.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`expected the marks "${START}" and "${END}", found not both`);
  return `${document.slice(0, start + START.length)}\n\n${section()}\n\n${document.slice(end)}`;
}

describe('docs/INDICATORS.md', () => {
  it('has every indicator as the code has it (npx vitest run tests/indicators/documentation.test.ts -u writes them)', async () => {
    await expect(withTables(await readFile(PATH, 'utf8'))).toMatchFileSnapshot(PATH);
  });

  it('lists the types of moving averages', async () => {
    expect(await readFile(PATH, 'utf8')).toContain(`Types of moving averages: ${ta.MA_TYPES.map((type) => `\`${type}\``).join(', ')}.`);
  });

  it('says how fast the seed of RSI(14) fades', async () => {
    const close = Float64Array.from({ length: 130 }, (_, t) => 100 + 5 * Math.sin(t));
    const shock = close.slice();
    shock[0] += 20;
    // both averages forget alike, so the sum of gain and loss shows it: RSI only sees their ratio
    const left = (1 - 1 / 14) ** 100;
    expect(ta.rsi(close, 14)[14]).not.toBeCloseTo(ta.rsi(shock, 14)[14], 0);
    expect(Math.abs(ta.rsi(close, 14)[114] - ta.rsi(shock, 14)[114])).toBeLessThan(100 * left);
    expect(await readFile(PATH, 'utf8')).toContain(`${(left * 100).toFixed(2)} % of it is left`);
  });
});
