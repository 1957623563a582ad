import { filledBook, sharedFamily } from './filled-book.js';
import type { Sizing } from './sizing.js';

/** Shares in proportion to 1 ÷ own volatility; how large, see `filledBook`. */
export const inverseVolatility: Sizing = {
  name: 'inverse-volatility',
  describe: 'names share the book in proportion to 1 ÷ own volatility; correlations decide only how large it is',
  source: 'Maillard, Roncalli and Teïletche (2010), The properties of equally weighted risk contribution portfolios: the case of equal correlations',
  needsCovariance: true,
  weights: (input) => filledBook(input, inverseVolatility, ({ volatility }) => sharedFamily(volatility.map((own) => 1 / own), input)),
};
