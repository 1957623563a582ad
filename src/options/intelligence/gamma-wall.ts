import type { Dealers } from './dealer-words.js';
import { defineSignal, type Finding } from './define-signal.js';
import { gammaBalance } from './gamma-balance.js';
import type { OptionsSignal } from './signal.js';
import type { OptionsView } from './view.js';

/** Distance of a wall in expected moves of the horizon within which it may be met. */
const NEAR = 1;
const HORIZON = 5;

interface Wall {
  readonly side: 'support' | 'resistance';
  readonly column: 'putWall' | 'callWall';
  readonly describe: string;
  readonly title: string;
  /** What is made of it where gamma is positive. */
  readonly meaning: (dealers: Dealers) => string;
}

/** The strike of the largest gamma exposure of one side, close to the price on the side where it would stop it. */
function gammaWall({ describe, ...wall }: Wall): OptionsSignal {
  const { side, column } = wall;
  return defineSignal(
    {
      name: `gamma-${side}`,
      describe,
      family: 'gamma',
      horizon: HORIZON,
      source: side === 'resistance' ? 'hedging of long calls: Ni, Pearson, Poteshman and White (2021); as a level: practitioners, SqueezeMetrics (2017)' : 'practitioners, SqueezeMetrics (2017)',
      needs: ['spot', 'callGamma', 'putGamma', column, 'volatility30', 'isMixed'],
      needsChain: false,
      minHistory: 1,
      lookback: 1,
    },
    (view) => wallOf(view, wall),
  );
}

function wallOf(view: OptionsView, { side, column, title, meaning }: Omit<Wall, 'describe'>): Finding | null {
  const gamma = gammaBalance(view);
  // walls are said to hold where hedging goes against moves
  if (gamma === null || !(gamma.balance > 0)) return null;
  const { spot, balance } = gamma;
  const wall = view.comparable(column)[view.length - 1];
  const sign = side === 'support' ? 1 : -1;
  const distance = wall / spot - 1;
  const moves = (-sign * distance) / gamma.expectedMove(HORIZON);
  if (!(wall > 0 && moves >= 0 && moves <= NEAR)) return null;
  return {
    direction: sign > 0 ? 'up' : 'down',
    strength: sign * (0.25 + 0.75 * (1 - moves)),
    confidence: 0.2 + 0.4 * gamma.certainty,
    facts: { wall: [wall, 'price'], spot: [spot, 'price'], distance: [distance, 'fraction'], moves: [moves, 'ratio'], balance: [balance, 'score'], sessions: [HORIZON, 'sessions'] },
    text: `The ${title} at {wall} is {distance} from the price of {spot}, {moves} of the move expected in {sessions} sessions, and ${gamma.positiveWords}: ${meaning(view.dealers)}.`,
  };
}

export const gammaSupport = gammaWall({
  side: 'support',
  column: 'putWall',
  describe: "The strike with the largest gamma exposure of puts lies below the price within one expected move of five sessions, dealers' gamma being positive: practitioners take it for support.",
  title: 'put wall',
  meaning: (dealers) => (dealers === 'long-calls-long-puts' ? 'dealers who are long those puts would buy as the price falls to it' : 'practitioners take it for support, though by that very convention hedging there would not buy'),
});

export const gammaResistance = gammaWall({
  side: 'resistance',
  column: 'callWall',
  describe: "The strike with the largest gamma exposure of calls lies above the price within one expected move of five sessions, dealers' gamma being positive: those long calls sell as the price rises to it.",
  title: 'call wall',
  // gamma is positive only where calls are held long
  meaning: () => 'dealers who are long those calls would sell as the price rises to it',
});
