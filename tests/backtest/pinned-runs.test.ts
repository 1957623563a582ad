import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { runBook } from '../../src/backtest/run-book.js';
import { openBook } from '../../src/portfolio/book.js';
import { costsConfig } from '../../src/portfolio/config.js';
import { createCostModel } from '../../src/portfolio/costs.js';
import { riskConfig } from '../../src/portfolio/rules/config.js';
import { momentumConfig } from '../../src/strategy/momentum/config.js';
import { momentum } from '../../src/strategy/momentum/momentum.js';
import { priorityConfig } from '../../src/strategy/priority/config.js';
import { priorityStrategy } from '../../src/strategy/priority/priority.js';
import type { SessionRules } from '../../src/strategy/run-session.js';
import { canonicalText, madeRun, sessionsOf } from './made-run.js';

const RUN = madeRun({ symbols: 60, sessions: 400, seed: 23 });
const FROM = 270;

const fixed = createCostModel(costsConfig.parse({}));
const liquid = createCostModel(costsConfig.parse({ model: 'liquidity', liquidity: { perShare: 0.005, minCommission: 1 } }));

const RULES: Readonly<Record<string, SessionRules>> = {
  'priority, as configured by default': { strategy: priorityStrategy(priorityConfig.parse({})), risk: riskConfig.parse({}), step: { costs: fixed, brackets: 'resting' } },
  'momentum with limits, stops by structure that trail, and tight rules': {
    strategy: momentum(momentumConfig.parse({ top: 12, minMomentum: -1, entry: 'limit', stop: 'structure', trailingRanges: 2, horizon: 6, sizing: { method: 'hierarchical-risk-parity' }, maxGross: 1 })),
    risk: riskConfig.parse({ restrictedList: { symbols: ['S03', 'S08'] }, maxNames: { max: 9 }, maxPairwiseCorrelation: { max: 0.15 }, sectorCap: { max: 0.2 }, betaLimit: { max: 0.6 }, volatilityTarget: { max: 0.1 }, gapRisk: { max: 0.02 }, maxTurnover: { max: 0.4 } }),
    step: { costs: liquid, brackets: 'resting' },
  },
  'priority judged at closes, sized by mean and variance': {
    strategy: priorityStrategy(priorityConfig.parse({ top: 8, minEdge: 0, sizing: { method: 'mean-variance' }, cooldown: 8, stopRanges: 1.5 })),
    risk: riskConfig.parse({ maxWeight: { max: 0.06 }, drawdownBrake: { from: 0.005, to: 0.05 } }),
    step: { costs: liquid, brackets: 'close' },
  },
  'priority with small fills, names that pay half when they end, and members that are kept': {
    strategy: priorityStrategy(priorityConfig.parse({ top: 10, ineligible: 'keep', stopRanges: 1.5, targetRanges: 2, trailingRanges: 2 })),
    risk: riskConfig.parse({}),
    step: { costs: fixed, brackets: 'resting', fills: { maxParticipation: 0.0002, unknownDollarVolume: 1e6 } },
    delisting: { sessions: 2, recovery: 0.5 },
  },
};

const hashOf = (value: unknown): string => createHash('sha256').update(canonicalText(value)).digest('hex').slice(0, 16);

interface Pinned {
  readonly fills: number;
  readonly reasons: string;
  /** Of book, equity and fills. */
  readonly run: string;
  /** Of everything that each session said. */
  readonly sessions: string;
}

async function pinned(rules: SessionRules): Promise<Pinned> {
  const sessions = createHash('sha256');
  const run = await runBook(sessionsOf(RUN, FROM), openBook(1_000_000), rules, (result) => void sessions.update(canonicalText(result)));
  return { fills: run.fills.length, reasons: [...new Set(run.fills.map(({ reason }) => reason))].sort().join(' '), run: hashOf({ book: run.book, equity: run.equity, fills: run.fills }), sessions: sessions.digest('hex').slice(0, 16) };
}

// What is written here changes only with what is decided or traded, never with how quickly: every figure, reason and order counts.
const EXPECTED: Readonly<Record<string, Pinned>> = {
  'priority, as configured by default': { fills: 1139, reasons: 'delisted entry exit split-cash stop target time', run: '1c0d862578d94c67', sessions: '4870558da429a86d' },
  'momentum with limits, stops by structure that trail, and tight rules': { fills: 428, reasons: 'entry exit reduce stop target time', run: '2a90b1e984c9bfa8', sessions: '5b82b5ebd4457319' },
  'priority judged at closes, sized by mean and variance': { fills: 833, reasons: 'entry exit reduce stop target time', run: '4cfdb24bd70b29cd', sessions: 'db8c9b5a1a2b604e' },
  'priority with small fills, names that pay half when they end, and members that are kept': { fills: 912, reasons: 'delisted entry exit split-cash stop target time', run: '3b1813d5e308a61c', sessions: '0ab2587bfabf764c' },
};

describe('130 sessions of a made market', () => {
  it.each(Object.keys(RULES))('of %s are traded, decided and explained as ever', async (name) => {
    expect(await pinned(RULES[name])).toEqual(EXPECTED[name]);
  });
});
