import { millsRatio } from '../../math/mills-ratio.js';
import { columnOf, rightOf, type Column, type OptionColumns } from './option-columns.js';

const PER_ROOT_TWO_PI = 1 / 2.5066282746310007;

/** Rows that are worked on at a time: all terms of a block stay in the first-level cache. */
export const BLOCK = 256;

const NAMES = ['sign', 'spot', 'strike', 'years', 'rate', 'dividendYield', 'volatility', 'assetValue', 'strikeValue', 'moneyness', 'rootYears', 'perDeviation', 'first', 'second', 'kernel', 'asset', 'cash'] as const;

/**
 * What the value and all Greeks of a block of options are made of, each [row]:
 * inputs (`sign` 1 for a call, −1 for a put); `assetValue` S e^(−qT) and `strikeValue` K e^(−rT), `moneyness` the logarithm of their ratio;
 * `rootYears` √T; `perDeviation` 1/(σ√T), 0 where every term with it vanishes; `first` and `second` d1 and d2;
 * `kernel` S e^(−qT) φ(d1) = K e^(−rT) φ(d2); `asset` S e^(−qT) Φ(±d1); `cash` K e^(−rT) Φ(±d2).
 */
export type Terms = Readonly<Record<(typeof NAMES)[number], Float64Array>>;

/** The columns of many options, ready to be read row by row. */
export type Rows = Readonly<Record<'spot' | 'strike' | 'years' | 'rate' | 'dividendYield' | 'volatility', Column>> & { readonly isCall: Column<Uint8Array> };

/** Room for the terms of a block. */
export function createTerms(): Terms {
  return Object.fromEntries(NAMES.map((name) => [name, new Float64Array(BLOCK)])) as unknown as Terms;
}

export function rowsOf({ spot, strike, years, rate, dividendYield, volatility, isCall }: OptionColumns): Rows {
  return { spot: columnOf(spot), strike: columnOf(strike), years: columnOf(years), rate: columnOf(rate), dividendYield: columnOf(dividendYield), volatility: columnOf(volatility), isCall: rightOf(isCall) };
}

/** Fills the first `count` rows of the terms from the rows that start at `from`; a row that cannot be valued becomes NaN. */
export function fillTerms(terms: Terms, rows: Rows, from: number, count: number): void {
  for (const name of ['spot', 'strike', 'years', 'rate', 'dividendYield', 'volatility'] as const) copy(rows[name], from, count, terms[name]);
  const { sign, spot, strike, years, rate, dividendYield, volatility } = terms;
  const { values, step } = rows.isCall;
  for (let i = 0; i < count; i++) {
    sign[i] = values[(from + i) * step] === 1 ? 1 : -1;
    const total = spot[i] + strike[i] + years[i] + rate[i] + dividendYield[i] + volatility[i];
    // what is infinite or NaN leaves NaN by this difference
    const isUsable = spot[i] > 0 && strike[i] > 0 && years[i] >= 0 && volatility[i] >= 0 && total - total === 0;
    if (!isUsable) spot[i] = Number.NaN;
  }
  discount(terms, count);
  weigh(terms, count);
}

function copy({ values, step }: Column, from: number, count: number, into: Float64Array): void {
  if (step === 0) into.fill(values[0], 0, count);
  else for (let i = 0; i < count; i++) into[i] = values[from + i];
}

function discount({ spot, strike, years, rate, dividendYield, assetValue, strikeValue, moneyness, rootYears }: Terms, count: number): void {
  for (let i = 0; i < count; i++) {
    const time = years[i];
    const carry = dividendYield[i];
    assetValue[i] = carry === 0 ? spot[i] : spot[i] * Math.exp(-carry * time);
    strikeValue[i] = strike[i] * Math.exp(-rate[i] * time);
    moneyness[i] = Math.log(spot[i] / strike[i]) + (rate[i] - carry) * time;
    rootYears[i] = Math.sqrt(time);
  }
}

function weigh(terms: Terms, count: number): void {
  const { sign, volatility, assetValue, strikeValue, moneyness, rootYears, perDeviation, first, second, kernel, asset, cash } = terms;
  for (let i = 0; i < count; i++) {
    const deviation = volatility[i] * rootYears[i];
    const per = 1 / deviation;
    const h = moneyness[i] * per;
    const t = 0.5 * deviation;
    // the same for both d: by it φ(d1) and φ(d2) need one exponential
    const density = Math.exp(-0.5 * (h * h + t * t)) * PER_ROOT_TWO_PI;
    const both = Math.sqrt(assetValue[i] * strikeValue[i]) * density;
    if (!(density > 0 && both < Infinity)) {
      limit(terms, i);
      continue;
    }
    const d1 = h + t;
    const d2 = h - t;
    const assetTail = both * millsRatio(Math.abs(d1));
    const cashTail = both * millsRatio(Math.abs(d2));
    perDeviation[i] = per;
    first[i] = d1;
    second[i] = d2;
    kernel[i] = both;
    asset[i] = sign[i] * d1 <= 0 ? assetTail : assetValue[i] - assetTail;
    cash[i] = sign[i] * d2 <= 0 ? cashTail : strikeValue[i] - cashTail;
  }
}

/**
 * No deviation, or so little or much of it that no density is left: Φ is 0 or 1 and all that the density multiplies is 0. At the forward itself
 * without deviation Φ is a half; the kernel stays, what divides by the deviation has no limit and is NaN.
 */
function limit({ sign, spot, volatility, assetValue, strikeValue, moneyness, rootYears, perDeviation, first, second, kernel, asset, cash }: Terms, i: number): void {
  const x = moneyness[i];
  const deviation = volatility[i] * rootYears[i];
  const isKink = deviation === 0 && x === 0;
  const isUnknown = Number.isNaN(spot[i]) || !(assetValue[i] * strikeValue[i] < Infinity);
  const share = (d: number): number => (isUnknown ? Number.NaN : isKink ? 0.5 : sign[i] * d > 0 ? 1 : 0);
  const reach = (deviation * deviation) / 2;
  perDeviation[i] = isUnknown || isKink ? Number.NaN : 0;
  first[i] = second[i] = isUnknown ? Number.NaN : 0;
  kernel[i] = isUnknown ? Number.NaN : isKink ? assetValue[i] * PER_ROOT_TWO_PI : 0;
  asset[i] = assetValue[i] * share(x + reach);
  cash[i] = strikeValue[i] * share(x - reach);
}
