import type { MarketInputs } from '../compute/market-inputs.js';

/** Members below which a statistic across them does not stand for the market. */
const MIN_MEMBERS = 2;

/** A number a session about one member from its closes, [session]; NaN where it does not count. */
export type MemberScore = (closes: Float64Array) => Float64Array;

/**
 * Calls `visit` with every score that counts: of members of the session, whose bar is not suspect and whose closes of
 * `lookback` sessions before belong to one unbroken series.
 */
function eachScore(market: MarketInputs, lookback: number, score: MemberScore, visit: (t: number, score: number) => void): void {
  const { bars } = market;
  const width = bars.sessions.length;
  const column = (name: string) => (bars.has(name) ? bars.column(name) : null);
  const [close, segment, suspect] = [bars.column('close'), column('segment'), column('suspect')];
  for (let row = 0; row < bars.symbols.length; row++) {
    const offset = row * width;
    const scores = score(close.subarray(offset, offset + width) as Float64Array);
    let unbroken = 0; // where the series that holds t began
    for (let t = 0; t < width; t++) {
      if (segment && t > 0 && segment[offset + t] !== segment[offset + t - 1]) unbroken = t;
      if (t - lookback < unbroken || scores[t] !== scores[t] || !market.isMember(row, t) || suspect?.[offset + t] === 1) continue;
      visit(t, scores[t]);
    }
  }
}

/** Mean of a score over the members of each session, [session]. */
export function memberMean(market: MarketInputs, lookback: number, score: MemberScore): Float64Array {
  const width = market.sessions.length;
  const [sums, counts] = [new Float64Array(width), new Int32Array(width)];
  eachScore(market, lookback, score, (t, value) => {
    sums[t] += value;
    counts[t]++;
  });
  return sums.map((sum, t) => (counts[t] < MIN_MEMBERS ? Number.NaN : sum / counts[t]));
}

/** Standard deviation of a score across the members of each session, divisor n − 1, [session]. */
export function memberStd(market: MarketInputs, lookback: number, score: MemberScore): Float64Array {
  const width = market.sessions.length;
  const means = memberMean(market, lookback, score);
  const [squares, counts] = [new Float64Array(width), new Int32Array(width)];
  eachScore(market, lookback, score, (t, value) => {
    squares[t] += (value - means[t]) ** 2;
    counts[t]++;
  });
  return squares.map((sum, t) => (counts[t] < MIN_MEMBERS ? Number.NaN : Math.sqrt(sum / (counts[t] - 1))));
}
