import { indicators as ta, isoDate, panelFromParquet, toEpochDay, VERSION, type Panel } from 'swinglab';
import type { Case, Check, Settings } from '../case.js';

const COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const;
const TICKERS = 500;
const SESSIONS = 2500;
const OUTPUTS = 40;
const SINCE = toEpochDay(isoDate('2015-06-01'));

type Bars = Readonly<Record<(typeof COLUMNS)[number], Float64Array>>;
type Outputs = readonly Float64Array[];

/** As TA-Lib's side, whose names and order these are: one call a ticker and indicator. */
function fortyOutputs({ high: h, low: l, close: c, volume: v }: Bars): Outputs {
  const { macd, signal, hist } = ta.macd(c);
  const { upper, middle, lower } = ta.bbands(c, 20);
  const stoch = ta.stoch(h, l, c, { fastKPeriod: 14 });
  const stochf = ta.stochf(h, l, c, { fastKPeriod: 14 });
  const stochrsi = ta.stochrsi(c, 14, { fastKPeriod: 14 });
  const { down, up } = ta.aroon(h, l, 25);
  return [
    ...[ta.sma(c, 20), ta.ema(c, 20), ta.wma(c, 20), ta.dema(c, 20), ta.tema(c, 20), ta.rsi(c, 14), ta.rsi(c, 2), macd, signal, hist],
    ...[ta.trange(h, l, c), ta.atr(h, l, c, 14), ta.natr(h, l, c, 14), ta.adx(h, l, c, 14), ta.plusDI(h, l, c, 14), ta.minusDI(h, l, c, 14)],
    ...[upper, middle, lower, stoch.k, stoch.d, stochf.k, stochf.d, stochrsi.k, stochrsi.d, ta.cci(h, l, c, 20), ta.willr(h, l, c, 14)],
    ...[ta.mfi(h, l, c, v, 14), ta.obv(c, v), ta.ad(h, l, c, v), ta.adosc(h, l, c, v), ta.roc(c, 10), ta.mom(c, 10), down, up],
    ...[ta.trix(c, 15), ta.kama(c, 10), ta.sar(h, l), ta.ultosc(h, l, c), ta.linearregSlope(c, 14)],
  ];
}

/** The 500 tickers with most rows since the first session (the first by name of equals), in order of their names. */
function longestRows(panel: Panel): readonly string[] {
  const rows = panel.symbols.map((symbol) => {
    const close = panel.series('close', symbol);
    return { symbol, count: panel.sessions.reduce((sum, day, t) => sum + Number(day >= SINCE && !Number.isNaN(close[t])), 0) };
  });
  const longest = rows.sort((a, b) => b.count - a.count || (a.symbol < b.symbol ? -1 : 1)).slice(0, TICKERS);
  return longest.map(({ symbol }) => symbol).sort();
}

/** The last sessions, each missing value replaced by the one before it, or at the start by the first after it. */
function filled(values: Float64Array | Float32Array): Float64Array {
  const tail = Float64Array.from(values.slice(-SESSIONS));
  for (let t = 1; t < tail.length; t++) if (Number.isNaN(tail[t])) tail[t] = tail[t - 1];
  for (let t = tail.length - 2; t >= 0; t--) if (Number.isNaN(tail[t])) tail[t] = tail[t + 1];
  return tail;
}

function check(results: readonly Outputs[]): Check {
  const sums = results[0].map((_, i) => results.reduce((total, outputs) => total + outputs[i].reduce((sum, value) => (Number.isNaN(value) ? sum : sum + value), 0), 0));
  return { tickers: results.length, sessions: results[0][0].length, ...Object.fromEntries(sums.map((sum, i) => [`output ${i + 1}`, sum])) };
}

/** The 40 outputs of golden/indicators.json for 500 tickers over 2,500 sessions. */
export async function prepare({ threads, data }: Settings): Promise<Case<readonly Outputs[]>> {
  if (threads !== 1) throw new Error(`expected one thread, which is all that both sides use, found --threads ${threads}`);
  const panel = await panelFromParquet(`${data}/equities/sp500_adjusted.parquet`, { columns: COLUMNS });
  const bars = longestRows(panel).map((symbol) => Object.fromEntries(COLUMNS.map((name) => [name, filled(panel.series(name, symbol))])) as unknown as Bars);
  return { version: `swinglab ${VERSION}`, run: () => Promise.resolve(bars.map((each) => ta.inOneBuffer(OUTPUTS * SESSIONS, () => fortyOutputs(each)))), check };
}
