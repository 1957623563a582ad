import { DataError } from '../core/errors.js';
import type { Market } from '../data/market.js';
import type { Book } from '../portfolio/book.js';
import { runSession, type SessionResult, type SessionRules } from '../strategy/run-session.js';
import type { Panel } from '../table/panel.js';
import type { Predictions } from './predict.js';
import { restateBasis } from './restate-basis.js';

/** What an evening decided and what became of its book. */
export type EveningDecision = SessionResult;

export interface EveningParts {
  readonly market: Market;
  /** What the strategy reads, with its history. */
  readonly features: Panel;
  /** Features of the members on the session itself. */
  readonly today: Panel;
  readonly predictions: Predictions;
  /** Last known sectors by symbol. */
  readonly sectors: ReadonlyMap<string, string>;
  /** Closes of what is held on the book's session, as they were that evening; none where the bars are those of that evening. */
  readonly marks?: ReadonlyMap<string, number>;
}

/**
 * Takes the book up to the session and decides on what is known at its close.
 * @throws DataError when something is held that the store has no price for, as after an import that left it out
 */
export function decideEvening({ market, features, today, predictions, sectors, marks }: EveningParts, before: Book, rules: SessionRules): EveningDecision {
  const { bars, actions, asOf } = market;
  const unpriced = before.positions.filter(({ symbol }) => !bars.hasSymbol(symbol) || !bars.series('quotedClose', symbol).some((close) => close > 0)).map(({ symbol }) => symbol);
  if (unpriced.length > 0) throw new DataError(`expected bars of everything the paper book holds, found none for ${unpriced.map((symbol) => `"${symbol}"`).join(', ')} up to ${asOf}; import them`, { code: 'HELD_WITHOUT_BARS', fields: { symbols: unpriced } });
  const restated = restateBasis(before, marks ?? new Map(), market);
  const result = runSession({ index: bars.sessions.length - 1, bars, features, today, sectors, eligible: predictions.eligible, forecasts: predictions.forecasts, actions }, restated.book, rules);
  return { ...result, events: [...restated.events, ...result.events] };
}
