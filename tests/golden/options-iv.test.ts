import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { impliedVolatilities } from '../../src/options/implied-volatility/implied-volatilities.js';
import { impliedVolatility } from '../../src/options/implied-volatility/implied-volatility.js';
import { goldenFolder, printSkipReason } from './folder.js';

type Right = 'C' | 'P';

interface Golden {
  readonly F: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly [strike: number, years: number, right: Right, price: number, iv: number, conditioning: number, lbrError: number, tolerance: number])[];
  readonly invalid: { readonly columns: readonly string[]; readonly rows: readonly (readonly [right: Right, forward: number, strike: number, years: number, price: number, why: string])[] };
}

const SUITE = 'implied volatility against 50 digits';
const folder = goldenFolder();
printSkipReason('golden', SUITE);

describe.skipIf(folder === null)(SUITE, () => {
  const golden = folder === null ? (null as never) : (JSON.parse(readFileSync(join(folder, 'options-iv.json'), 'utf8')) as Golden);

  it('reads the columns it expects', () => {
    expect(golden.columns).toEqual(['K', 'T', 'cp', 'price', 'iv', 'conditioning', 'lbrError', 'tolerance']);
    expect(golden.invalid.columns).toEqual(['cp', 'F', 'K', 'T', 'price', 'why']);
    expect(golden.rows.length).toBeGreaterThan(200);
  });

  it('is right to the stated tolerance in every row', () => {
    const wrong = golden.rows.filter(([strike, years, right, price, iv, , , tolerance]) => {
      const found = impliedVolatility({ price, forward: golden.F, strike, years, isCall: right === 'C' });
      return !(found !== null && Math.abs(found / iv - 1) <= tolerance);
    });
    expect(wrong).toEqual([]);
  });

  it('is right to 2e-15 where the price determines that much', () => {
    const errors = golden.rows.filter(([, , , , , conditioning]) => conditioning < 2e-16).map(([strike, years, right, price, iv]) => Math.abs(impliedVolatility({ price, forward: golden.F, strike, years, isCall: right === 'C' })! / iv - 1));
    expect(errors.length).toBeGreaterThan(150);
    expect(Math.max(...errors)).toBeLessThan(2e-15);
  });

  it('is the same for a column of them', () => {
    const [strike, years, price] = [0, 1, 3].map((at) => Float64Array.from(golden.rows, (row) => row[at] as number));
    const found = impliedVolatilities({ price, forward: golden.F, strike, years, isCall: Uint8Array.from(golden.rows, ([, , right]) => (right === 'C' ? 1 : 0)) });
    expect([...found]).toEqual(golden.rows.map((row) => impliedVolatility({ price: row[3], forward: golden.F, strike: row[0], years: row[1], isCall: row[2] === 'C' })));
  });

  it.each(folder === null ? [] : golden.invalid.rows)('is none for a %s on %d, strike %d, %d years, at %d: %s', (right, forward, strike, years, price) => {
    expect(impliedVolatility({ price, forward, strike, years, isCall: right === 'C' })).toBeNull();
    expect(impliedVolatilities({ price: Float64Array.of(price), forward, strike, years, isCall: right === 'C' })[0]).toBeNaN();
  });
});
