import { impliedVolatilities, VERSION } from 'swinglab';
import type { Case, Settings } from '../case.js';
import { madeOptions } from '../made-options.ts';

/** Volatilities of 98,944 out-of-the-money options from their prices, by Black, Scholes and Merton. */
export function prepare({ threads }: Settings): Promise<Case<Float64Array>> {
  if (threads !== 1) throw new Error(`expected one thread, which is all that both sides use, found --threads ${threads}`);
  const { volatility, ...columns } = madeOptions();
  const out = new Float64Array(volatility.length);
  return Promise.resolve({
    version: `swinglab ${VERSION}`,
    run: () => Promise.resolve(impliedVolatilities(columns, out)),
    check: (found) => ({ options: found.length, sum: found.reduce((total, value) => total + value, 0), 'largest error': found.reduce((most, value, i) => Math.max(most, Math.abs(value - volatility[i])), 0) }),
  });
}
