/** Open, high, low and close of consecutive sessions, quote currency; NaN is missing. */
export interface Candles {
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
}

/** Candles in few letters: each price is a number of steps above a base, in as many letters of `LETTERS` as the largest needs. */
export interface PackedCandles {
  /** Decimals that prices are kept with. */
  readonly digits: number;
  /** Lowest price, in units of the last decimal. */
  readonly base: number;
  /** Letters a price, the most significant first; one that is all of the last letter is missing. */
  readonly letters: number;
  readonly text: string;
}

/** Digits to base 64, none of which JSON or markup has a use for. */
export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Decimals of prices by the lowest of them: finer than a pixel, and what is quoted in any case. */
const DIGITS = [[1, 4], [10, 3], [Infinity, 2]] as const;

/** Candles ready for the page; `null` where no price is known. */
export function packCandles({ open, high, low, close }: Candles): PackedCandles | null {
  const all = open.flatMap((value, i) => [value, high[i], low[i], close[i]]);
  const known = all.filter(Number.isFinite);
  if (known.length === 0) return null;
  const [lowest, highest] = [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))];
  const digits = DIGITS.find(([below]) => lowest < below)![1];
  const units = (price: number): number => Math.round(price * 10 ** digits);
  const base = units(lowest);
  const letters = lettersFor(units(highest) - base);
  const missing = 64 ** letters - 1;
  return { digits, base, letters, text: all.map((price) => lettersOf(Number.isFinite(price) ? units(price) - base : missing, letters)).join('') };
}

/** One more value than steps must fit: the last says that there is none. */
function lettersFor(steps: number): number {
  let letters = 1;
  while (64 ** letters - 1 <= steps) letters++;
  return letters;
}

function lettersOf(value: number, letters: number): string {
  let [text, rest] = ['', value];
  for (let i = 0; i < letters; i++) {
    text = LETTERS[rest % 64] + text;
    rest = Math.floor(rest / 64);
  }
  return text;
}
