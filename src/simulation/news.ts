import type { Rng } from '../core/rng.js';
import { SESSIONS_PER_YEAR } from '../core/sessions-per-year.js';
import { headline } from './headlines.js';
import type { LatentInputs, LatentReturns } from './latent-returns.js';
import { hasBar } from './listing.js';

/** Headlines by symbol, then time; each [item]. */
export interface SyntheticNews {
  readonly symbol: Int32Array;
  /** Session after whose close it came out. */
  readonly session: Int32Array;
  /** UTC milliseconds: after the close, before the decision. */
  readonly firstSeenAt: Float64Array;
  readonly titles: readonly string[];
  /** Standard normal; its correlation with the scaled residual from the next open to the one after is as set. */
  readonly tone: Float64Array;
}

const MS_PER_DAY = 86_400_000;
/** 21:30 to 23:59 UTC lie after the close and before the decision in summer and in winter. */
const [EARLIEST_MS, SPAN_MS] = [21.5 * 3_600_000, 2.49 * 3_600_000];

/**
 * News of the first sessions: each item knows a part of the move that follows, so that prices do not depend on it.
 * @param days epoch day of each session; the returns reach one session further
 */
export function drawNews(returns: LatentReturns, { settings, stocks, listing, length }: LatentInputs, days: Int32Array, rng: Rng): SyntheticNews {
  const { perYear, correlation } = settings.news;
  const rest = Math.sqrt(1 - correlation ** 2);
  const items: { symbol: number; session: number; seen: number; title: string; tone: number }[] = [];
  for (let i = 0; i < settings.symbols; i++) {
    const stream = rng.fork(`stock ${i}`);
    for (let t = 0; t < days.length; t++) {
      const [chance, words, time, noise] = [stream.float(), stream.float(), stream.float(), stream.normal()];
      const at = i * length + t;
      if (chance >= perYear / SESSIONS_PER_YEAR || !hasBar(listing[at])) continue;
      const tone = correlation * returns.scaled[at + 1] + rest * noise;
      items.push({ symbol: i, session: t, seen: days[t] * MS_PER_DAY + EARLIEST_MS + Math.floor(time * SPAN_MS), title: headline(stocks.names[i], tone, words), tone });
    }
  }
  return { symbol: Int32Array.from(items, ({ symbol }) => symbol), session: Int32Array.from(items, ({ session }) => session), firstSeenAt: Float64Array.from(items, ({ seen }) => seen), titles: items.map(({ title }) => title), tone: Float64Array.from(items, ({ tone }) => tone) };
}
