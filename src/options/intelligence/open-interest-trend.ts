import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import { mean, standardDeviation } from '../../math/stats.js';
import { GROWTH_COLUMNS } from '../history/open-interest-growth.js';
import { defineSignal, type Finding } from './define-signal.js';
import { openInterestSteps } from './open-interest-steps.js';
import type { OptionsSignal } from './signal.js';
import type { OptionsView } from './view.js';

/** Steps taken together, the steps before them that they are compared with, and how many of those must be known. */
const SPAN = 5;
const PAST = 20;
const MIN_KNOWN = 15;
/** Standard deviations from the usual growth that make a trend, and those at which it is full. */
const UNUSUAL = 1.5;
const FULL = 4;
/** Expected moves of the span from which the price has a direction. */
const MIN_MOVES = 0.5;

interface Growth {
  /** Sum of the steps, fraction. */
  readonly total: number;
  /** Its distance from the usual growth in standard deviations. */
  readonly score: number;
  /** Return over the sessions whose trading made the steps. */
  readonly return: number;
  /** The return in moves that options expected before it. */
  readonly moves: number;
  readonly known: number;
}

/** Growth of open interest against the price; `null` where it does not tell. */
function latestGrowth(view: OptionsView): Growth | null {
  return view.derive('open interest growth', () => {
    const steps = openInterestSteps(view);
    const from = view.length - SPAN;
    const past = steps.subarray(Math.max(0, from - PAST), from).filter(Number.isFinite);
    const total = steps.subarray(from).reduce((sum, step) => sum + step, 0);
    const deviation = standardDeviation(past) * Math.sqrt(SPAN);
    if (past.length < MIN_KNOWN || !(deviation > 1e-9)) return null;
    // the last step was traded on the session before the last
    const { close } = view;
    const change = close[view.length - 2] / close[from - 2] - 1;
    const moves = change / (view.column('volatility30')[from - 2] * Math.sqrt(SPAN / SESSIONS_PER_YEAR));
    const score = (total - SPAN * mean(past)) / deviation;
    return Number.isFinite(score) && Number.isFinite(moves) ? { total, score, return: change, moves, known: past.length } : null;
  });
}

interface Trend {
  readonly name: string;
  readonly describe: string;
  /** 1 open interest grows, −1 it shrinks. */
  readonly sign: 1 | -1;
  /** What is said of a rising and of a falling price, the direction it points to and its weight. */
  readonly rising: Reading;
  readonly falling: Reading;
}

interface Reading {
  readonly direction: 'up' | 'down';
  readonly weight: number;
  readonly words: string;
}

function openInterestTrend({ name, describe, sign, rising, falling }: Trend): OptionsSignal {
  return defineSignal(
    { name, describe, family: 'open-interest', horizon: 5, source: 'Murphy (1986), open interest against price; adaptive threshold own', needs: [...GROWTH_COLUMNS, 'volatility30'], needsChain: false, minHistory: MIN_KNOWN + SPAN + 1, lookback: PAST + SPAN + 1 },
    (view): Finding | null => {
      const growth = latestGrowth(view);
      if (growth === null || !(sign * growth.score >= UNUSUAL) || !(sign * growth.total > 0) || !(Math.abs(growth.moves) >= MIN_MOVES)) return null;
      const { direction, weight, words } = growth.moves > 0 ? rising : falling;
      return {
        direction,
        strength: (direction === 'up' ? 1 : -1) * weight * Math.min(1, Math.abs(growth.score) / FULL),
        confidence: (growth.known / PAST) * Math.min(1, Math.abs(growth.moves)),
        facts: { growth: [growth.total, 'fraction'], score: [growth.score, 'score'], return: [growth.return, 'fraction'], moves: [growth.moves, 'ratio'], sessions: [SPAN, 'sessions'], past: [growth.known, 'sessions'] },
        text: `Open interest changed by {growth} in {sessions} sessions of trading, {score} standard deviations from the growth of the {past} before, while the price changed by {return}: ${words}.`,
      };
    },
  );
}

export const openInterestBuildUp = openInterestTrend({
  name: 'open-interest-build-up',
  describe: 'Open interest grows unusually fast over five sessions: with a rising price new longs are taken to come in, with a falling one new shorts.',
  sign: 1,
  rising: { direction: 'up', weight: 1, words: 'new positions with a rising price are taken for new longs' },
  falling: { direction: 'down', weight: 1, words: 'new positions with a falling price are taken for new shorts' },
});

export const openInterestUnwinding = openInterestTrend({
  name: 'open-interest-unwinding',
  describe: 'Open interest shrinks unusually fast over five sessions: a rise on it is taken for shorts that cover, a fall for longs that give up, both short of breath.',
  sign: -1,
  rising: { direction: 'down', weight: 0.5, words: 'a rise in which positions are closed is taken for shorts that cover, and may not last' },
  falling: { direction: 'up', weight: 0.5, words: 'a fall in which positions are closed is taken for longs that give up, and may not last' },
});
