import type { RiskConfig } from './config.js';
import { bySymbol, TOLERANCE } from './cut-order.js';
import { cutsBetween, limitLoad, lockedNames, totalLoad, type Load } from './load-limit.js';
import { percent } from './percent.js';
import type { RiskFacts, RiskRule, Weights } from './rule.js';

type Sector = string | null;

const within = (sector: Sector): Load => (name) => (name.sector === sector ? 1 : 0);
const sectorsOf = (weights: Weights, facts: RiskFacts): Sector[] => [...new Set(bySymbol(weights, facts).map(({ name }) => name.sector))];

export const sectorCap: RiskRule<RiskConfig['sectorCap'], { readonly sector: string; readonly max: number }> = {
  name: 'sector-cap',
  describe: 'Keeps the book from being a bet on one sector.',
  limits: 'the largest sum of weights of one sector',
  unit: 'fraction',
  judges: 'name',
  cuts: 'Names of the sector, purchases first, then what is held, each time the least important first, until the rest fits.',
  source: null,
  limit: (_, { max }) => max,
  measure(weights, facts) {
    const sums = sectorsOf(weights, facts).map((sector) => totalLoad(weights, facts, within(sector)));
    return sums.length === 0 ? null : Math.max(...sums);
  },
  cut(weights, facts, { max }) {
    const after = sectorsOf(weights, facts).reduce((left, sector) => limitLoad(left, facts, within(sector), max), weights);
    return cutsBetween(weights, after, facts, ({ sector }) => ({ sector: sector ?? 'unknown', max }));
  },
  obstacles(weights, facts, { max }) {
    const full = sectorsOf(weights, facts).filter((sector) => totalLoad(weights, facts, within(sector)) - max > TOLERANCE);
    return lockedNames(weights, facts, ({ sector }) => full.includes(sector));
  },
  words: ({ sector, max }) => `sector ${sector} is at its cap of ${percent(max)}`,
};
