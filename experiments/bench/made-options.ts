import { greeks, type OptionColumns } from 'swinglab';

const DRAWS = 100_000;
const SPOT = 100;
const RATE = 0.04;
/** Least value that is kept, before discounting. */
const LEAST = 1e-8;

/** Out-of-the-money options and their prices, all columns [option]. */
export type MadeOptions = { readonly [Name in keyof Omit<OptionColumns, 'isCall'>]: Float64Array } & { readonly isCall: Uint8Array; readonly price: Float64Array };

/** Uniform numbers that the peers make the same way, in exact whole numbers (Park and Miller, 1988). */
function uniforms(): () => number {
  let state = 1;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

/**
 * Options on a spot of 100: strikes 100 e^(0.2 N), three days to a year, volatilities of 10 % to 90 %, at a rate of 4 %, of the right that is out of the money and
 * worth more than 1e-8; four numbers a draw, as `peers/made_options.py` has them.
 */
export function madeOptions(): MadeOptions {
  const next = uniforms();
  const rows: { strike: number; years: number; volatility: number }[] = [];
  for (let i = 0; i < DRAWS; i++) {
    const normal = Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
    rows.push({ strike: SPOT * Math.exp(0.2 * normal), years: 3 / 365 + (1 - 3 / 365) * next(), volatility: 0.1 + 0.8 * next() });
  }
  const all = columnsOf(rows);
  const { price } = greeks(all, ['price']);
  const kept = rows.filter(({ years }, i) => price[i] * Math.exp(RATE * years) > LEAST);
  const columns = columnsOf(kept);
  return { ...columns, price: greeks(columns, ['price']).price };
}

function columnsOf(rows: readonly { readonly strike: number; readonly years: number; readonly volatility: number }[]): Omit<MadeOptions, 'price'> {
  const column = (name: 'strike' | 'years' | 'volatility'): Float64Array => Float64Array.from(rows, (row) => row[name]);
  const all = (value: number): Float64Array => new Float64Array(rows.length).fill(value);
  const isCall = Uint8Array.from(rows, ({ strike, years }) => (strike >= SPOT * Math.exp(RATE * years) ? 1 : 0));
  return { spot: all(SPOT), strike: column('strike'), years: column('years'), rate: all(RATE), dividendYield: all(0), volatility: column('volatility'), isCall };
}
