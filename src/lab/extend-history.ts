import { incomeOf } from '../portfolio/round-trips.js';
import type { EveningHistory } from './evening-history.js';
import type { Evening } from './paper-book.js';

/** The history after an evening was kept: what reading the store again would give, without reading it. */
export function extendHistory(history: EveningHistory, { session, book, fills, events, equity, document }: Evening): EveningHistory {
  const { recommendations } = document;
  const entries = recommendations.filter(({ action }) => action === 'enter').map(({ symbol, horizon, forecastHorizon, expectedReturn, interval }) => ({ session, symbol, horizon: forecastHorizon ?? horizon, expectedReturn, interval, coverage: interval === null ? null : document.intervalCoverage }));
  return {
    ...history,
    evenings: [...history.evenings, session],
    previous: { session, equity, recommendations: recommendations.map(({ symbol, action }) => ({ symbol, action })), held: book.positions.map(({ symbol }) => symbol) },
    fills: [...history.fills, ...fills.map(({ symbol, side, shares, price, session: filledOn, gross, commission, basis, reason }) => ({ symbol, side, shares, price, session: filledOn, gross, commission, basis, reason }))],
    entries: [...history.entries, ...entries],
    equity: [...history.equity, { session, equity }],
    income: [...history.income, ...incomeOf(events)],
  };
}
