import { cleanChain, detectSignals, flatRate, OptionsHistory, readChains, SUMMARY_COLUMN_NAMES, summarizeChain, valueChain, type DetectedSignal, type Store, type SummaryColumn, type ValuedChain } from '../../dist/index.js';
import type { Market } from './market.ts';

/** A signal of one underlying, at the position of its session in the market's sessions. */
export interface Detection {
  readonly underlying: string;
  readonly t: number;
  readonly signal: DetectedSignal;
}

export interface Detections {
  readonly found: readonly Detection[];
  readonly underlyings: readonly string[];
  /** Sessions with chains. */
  readonly chainSessions: number;
  /** Views looked at, and the time that all signals took for one, milliseconds. */
  readonly views: number;
  readonly milliseconds: { readonly median: number; readonly mean: number; readonly most: number };
}

interface Known {
  readonly history: OptionsHistory;
  readonly columns: Record<SummaryColumn, Float64Array>;
  previous: ValuedChain | null;
}

/** Runs every signal on each stored chain in turn; what a session's view reads was filled in by it and those before it. */
export async function detectAll(store: Store, market: Market): Promise<Detections> {
  const position = new Map(Array.from(market.sessions, (day, t) => [day, t]));
  const known = new Map<string, Known>();
  const found: Detection[] = [];
  const times: number[] = [];
  const sessions = new Set<number>();
  for await (const stored of readChains(store)) {
    const chain = valueChain(cleanChain(stored), { curve: flatRate(0.04) });
    const t = position.get(stored.session);
    if (t === undefined) throw new Error(`expected bars on session ${stored.session}, found none`);
    sessions.add(t);
    const own = known.get(stored.underlying) ?? newHistory(stored.underlying, market);
    known.set(stored.underlying, own);
    const summary = summarizeChain(chain);
    for (const name of SUMMARY_COLUMN_NAMES) own.columns[name][t] = summary[name];
    const view = own.history.at(t, { chain, ...(own.previous ? { previous: own.previous } : {}) });
    const began = performance.now();
    const signals = detectSignals(view);
    times.push(performance.now() - began);
    found.push(...signals.map((signal) => ({ underlying: stored.underlying, t, signal })));
    own.previous = chain;
  }
  times.sort((a, b) => a - b);
  return {
    found, underlyings: [...known.keys()].sort(), chainSessions: sessions.size, views: times.length,
    milliseconds: { median: times[times.length >> 1], mean: times.reduce((sum, time) => sum + time, 0) / times.length, most: times[times.length - 1] },
  };
}

function newHistory(underlying: string, { symbols, sessions, close }: Market): Known {
  const nothing = (): Float64Array => new Float64Array(sessions.length).fill(Number.NaN);
  const columns = Object.fromEntries(SUMMARY_COLUMN_NAMES.map((name) => [name, nothing()])) as Record<SummaryColumn, Float64Array>;
  const row = symbols.indexOf(underlying);
  return { history: new OptionsHistory({ underlying, sessions, columns, close: row < 0 ? nothing() : close[row] }), columns, previous: null };
}
