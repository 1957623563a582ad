import { XNYS } from '../../../../src/core/calendar.js';
import { fromEpochDay } from '../../../../src/core/dates.js';
import { MarketSeries } from '../../../../src/data/market-series.js';
import type { Decide } from '../../../../src/lab/audits/audited-replay.js';
import { bookSessions } from '../../../../src/lab/book-sessions.js';
import { storedModelForecasts } from '../../../../src/lab/forecasts/stored-models.js';
import type { Lab } from '../../../../src/lab/open.js';
import { sessionRules } from '../../../../src/lab/session-rules.js';
import { openBook, type Book } from '../../../../src/portfolio/book.js';
import { UNKNOWN_LIQUIDITY } from '../../../../src/portfolio/cost-model.js';
import { fillAtOpen } from '../../../../src/portfolio/fill-orders.js';
import { createStrategy } from '../../../../src/strategy/registry.js';
import { runSession, type SessionInputs, type SessionResult, type SessionRules } from '../../../../src/strategy/run-session.js';

/** One session of a book, by some engine. */
type Engine = (inputs: SessionInputs, before: Book, rules: SessionRules) => SessionResult;

/** A replay of the configured strategy by another engine than ours. */
export function replayBy(engine: Engine): Decide<Lab> {
  return async ({ store, config }, { from, to, book: given, onSession }) => {
    const { data, portfolio, strategy: settings } = config.config;
    let book = given ?? openBook(portfolio.initialCash);
    const held = [...book.positions, ...book.orders].map(({ symbol }) => symbol);
    const markets = await MarketSeries.read(store, { from, to, history: data.history, universe: data.universe, held, policies: data.quality });
    const strategy = createStrategy(settings);
    const rules = sessionRules(config.config, { asOf: to, ...markets.names }, strategy);
    for await (const inputs of bookSessions({ store, config, markets, strategy, source: storedModelForecasts(config, settings[settings.name].horizon), held }, from, to)) {
      const result = engine(inputs, book, rules);
      book = result.book;
      onSession?.(result);
    }
  };
}

export const ourEngine: Engine = runSession;

/** Fault: an order is carried out at the close that it was decided on. */
export const fillsAtTheSignalsClose: Engine = (inputs, before, rules) => {
  const result = runSession(inputs, before, rules);
  const { bars, index } = inputs;
  const session = fromEpochDay(bars.sessions[index]);
  const orders = result.book.orders.map((order) => ({ ...order, limit: null, decidedOn: XNYS.previous(session) }));
  const traded = fillAtOpen({ ...result.book, orders }, { session, open: (symbol) => bars.value('quotedClose', symbol, session), liquidity: () => UNKNOWN_LIQUIDITY }, rules.step.costs);
  return { ...result, book: { ...traded.book, orders: [] }, fills: [...result.fills, ...traded.fills] };
};

/** Fault: the low of a bar is one row too far down, so that stops look at tomorrow. */
export const stopsByTomorrowsLow: Engine = (inputs, before, rules) => {
  const { bars } = inputs;
  const width = bars.sessions.length;
  const low = bars.column('quotedLow');
  const quotedLow = low.map((value, at) => (at % width === width - 1 ? value : low[at + 1]));
  return runSession({ ...inputs, bars: bars.with({ quotedLow }) }, before, rules);
};
