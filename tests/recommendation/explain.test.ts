import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { explain } from '../../src/recommendation/explain.js';

const SOURCES = join(import.meta.dirname, '../../src/strategy');

/** Codes of all evidence that strategies write, read from their source. */
async function writtenCodes(): Promise<string[]> {
  const files = (await readdir(SOURCES, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(files.map((name) => readFile(join(SOURCES, name), 'utf8')));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\bcode: '([^']+)'/g)].map(([, code]) => code)))].sort();
}

const VALUES: Readonly<Record<string, Readonly<Record<string, number | string>>>> = {
  momentum: { return: 0.25, rank: 3, of: 400 },
  'model-rank': { model: 'LightGBM', score: 0.4, rank: 3, of: 400 },
  driver: { feature: 'return-5', value: -0.061, rank: 0.04, contribution: 0.3 },
  'other-features': { rest: -0.2, score: 0.1 },
  forecast: { expectedReturn: -0.004, low: -0.06, high: 0.05, coverage: 0.9, horizon: 10 },
  size: { weight: 0.0312, volatility: 0.24, targetVolatility: 0.15, top: 20 },
  levels: { stop: 94.1, target: 113.249, range: 1.5, stopRanges: 3, targetRanges: 5 },
  liquidity: { dollarVolume: 123_400_000 },
  held: { sessions: 4, return: 0.013, rank: 12, of: 400 },
  stop: { close: 89.5, stop: 90 },
  target: { close: 110.5, target: 110 },
  rank: { rank: 44, limit: 40 },
  horizon: { sessions: 10, horizon: 10 },
  'not-eligible': {},
};

const TEXTS: Readonly<Record<string, string>> = {
  momentum: 'Returned +25.0 % from twelve months ago to one month ago: rank 3 of 400 ranked members.',
  'model-rank': 'Rank 3 of 400 by LightGBM.',
  driver: 'Return of the last 5 sessions (return-5) −6.10 %, below 96 % of the members: raises the score by 0.30.',
  'other-features': 'All other features together: −0.20, which makes the score of 0.100.',
  forecast: 'Past members of this rank and volatility earned −0.4 % on average over 10 sessions; 90 % of the outcomes lay between −6.0 % and +5.0 %.',
  size: 'Weight 3.1 %: sized so that a volatility of 24 % a year counts as 15 %, spread over 20 names.',
  levels: 'Stop at 94.10 and target at 113.25: 3 and 5 average daily ranges of 1.50.',
  liquidity: 'Trades 123 million a session (median of a month).',
  held: 'Held for 4 sessions with a return of +1.3 %; rank 12 of 400.',
  stop: 'The close of 89.50 is at or below the stop of 90.00.',
  target: 'The close of 110.50 is at or above the target of 110.00.',
  rank: 'Fell to rank 44, beyond the limit of 40.',
};

describe('explain', () => {
  it('knows a sentence for every code that a strategy writes', async () => {
    const codes = await writtenCodes();
    expect(codes.length).toBeGreaterThan(5);
    expect(codes).toEqual(Object.keys(VALUES).sort());
    for (const code of codes) {
      const [{ text }] = explain([{ code, values: VALUES[code] }]);
      expect(text, code).toMatch(/^[A-Z].*\.$/);
      expect(text, code).not.toMatch(/NaN|undefined|null|Infinity|[{}]/);
    }
  });

  it.each(Object.keys(TEXTS))('says of %s what its numbers say', (code) => {
    expect(explain([{ code, values: VALUES[code] }])).toEqual([{ code, text: TEXTS[code], values: VALUES[code] }]);
  });

  it('speaks of one session as one', () => {
    expect(explain([{ code: 'held', values: { sessions: 1, return: -0.02 } }])[0].text).toBe('Held for 1 session with a return of −2.0 %.');
  });

  it('shows the numbers of evidence it has no sentence for', () => {
    expect(explain([{ code: 'moon-phase', values: { phase: 0.5 } }])[0].text).toBe('moon-phase: {"phase":0.5}');
  });

  it('keeps the order of the evidence', () => {
    expect(explain([{ code: 'stop', values: VALUES['stop'] }, { code: 'held', values: VALUES['held'] }]).map(({ code }) => code)).toEqual(['stop', 'held']);
    expect(explain([])).toEqual([]);
  });
});
