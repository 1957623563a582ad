import { fromEpochDay, toEpochDay, type IsoDate } from '../../src/core/dates.js';
import type { Rng } from '../../src/core/rng.js';
import type { Delisting, SessionAction, SessionBar, SessionMarket } from '../../src/portfolio/session-market.js';

const SYMBOL_COUNT = 8;
const RATIOS = [2, 3, 1.5, 0.1, 0.25, 7 / 3];

/** A session of a made market, with everything a check may want to know. */
export interface MadeSession extends SessionMarket {
  readonly symbols: readonly string[];
  /** Last close up to and with the session, in shares of the session. */
  mark(symbol: string): number;
}

interface Listing {
  readonly symbol: string;
  /** Last close, in shares as they are now. */
  price: number;
}

/** Sessions of instruments that gap, pay, split, fall silent, lie and vanish; each that vanishes is followed by another. */
export function* randomSessions(rng: Rng, count: number): Generator<MadeSession> {
  let born = 0;
  const list = (): Listing => ({ symbol: `S${String(born++).padStart(4, '0')}`, price: 5 + rng.float() * 200 });
  let listed = Array.from({ length: SYMBOL_COUNT }, list);
  for (let t = 0; t < count; t++) {
    const { session, gone } = makeSession(rng, fromEpochDay(10_000 + t), listed);
    yield session;
    listed = listed.map((listing) => (gone.has(listing.symbol) ? list() : listing));
  }
}

function makeSession(rng: Rng, session: IsoDate, listed: readonly Listing[]): { session: MadeSession; gone: ReadonlySet<string> } {
  const bars = new Map<string, SessionBar>();
  const lastCloses = new Map<string, number>();
  const actions: SessionAction[] = [];
  const delistings: Delisting[] = [];
  for (const listing of listed) {
    const { symbol } = listing;
    lastCloses.set(symbol, listing.price);
    for (const action of makeActions(rng, session, listing)) {
      actions.push(action);
      listing.price = action.kind === 'split' ? listing.price / action.value : Math.max(0.5, listing.price - action.value);
    }
    const bar = rng.float() < 0.05 ? null : makeBar(rng, listing.price);
    if (bar) bars.set(symbol, bar);
    if (bar && bar.close > 0) listing.price = bar.close;
    if (rng.float() < 0.003) delistings.push({ symbol, price: rng.float() < 0.3 ? 0 : listing.price, reason: 'made to vanish' });
  }
  const marks = new Map(listed.map(({ symbol, price }) => [symbol, price]));
  const liquidity = rng.float() < 0.1 ? { dollarVolume: Number.NaN, volatility: Number.NaN } : { dollarVolume: 10 ** (5 + 4 * rng.float()), volatility: 0.05 * rng.float() };
  return {
    session: { session, symbols: [...marks.keys()], bar: (symbol) => bars.get(symbol) ?? null, liquidity: () => liquidity, lastClose: (symbol) => lastCloses.get(symbol) ?? Number.NaN, mark: (symbol) => marks.get(symbol) ?? Number.NaN, actions, delistings },
    gone: new Set(delistings.map(({ symbol }) => symbol)),
  };
}

function makeActions(rng: Rng, session: IsoDate, { symbol, price }: Listing): SessionAction[] {
  const exDay = toEpochDay(session);
  const actions: SessionAction[] = [];
  if (rng.float() < 0.02) actions.push({ symbol, exDay, kind: 'dividend', value: price * 0.03 * rng.float() });
  // kept from drifting out of the range where a cent and a share mean something
  const ratio = price > 400 ? 4 : price < 2 ? 0.1 : rng.choice(RATIOS);
  if (rng.float() < 0.02 || price > 400 || price < 2) actions.push({ symbol, exDay, kind: 'split', value: ratio });
  return actions;
}

function makeBar(rng: Rng, last: number): SessionBar {
  const open = last * Math.exp(0.015 * rng.normal());
  const close = open * Math.exp(0.02 * rng.normal());
  const bar = { open, close, high: Math.max(open, close) * (1 + 0.01 * rng.float()), low: Math.min(open, close) * (1 - 0.01 * rng.float()), suspect: rng.float() < 0.03 };
  // a bar may lack its open: it traded, but nobody knows from where
  return rng.float() < 0.02 ? { ...bar, open: Number.NaN } : bar;
}
