import { greeks, VERSION } from 'swinglab';
import type { Case, Settings } from '../case.js';
import { madeOptions } from '../made-options.ts';

const WANTED = ['delta', 'gamma', 'vega', 'theta', 'rho'] as const;

type Columns = Record<(typeof WANTED)[number], Float64Array>;

/** Five Greeks of 98,944 out-of-the-money options by Black, Scholes and Merton, into columns that are there, as numpy's allocator has the peer's ready too; no dividends, which the peer leaves out. */
export function prepare({ threads }: Settings): Promise<Case<Columns>> {
  if (threads !== 1) throw new Error(`expected one thread, which is all that both sides use, found --threads ${threads}`);
  const columns = { ...madeOptions(), dividendYield: 0 };
  const out = greeks(columns, WANTED);
  return Promise.resolve({
    version: `swinglab ${VERSION}`,
    run: () => Promise.resolve(greeks(columns, WANTED, out)),
    check: (found) => Object.fromEntries(WANTED.map((name) => [name, found[name].reduce((total, value) => total + value, 0)])),
  });
}
