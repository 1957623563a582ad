import { DEALER_WORDS } from './dealer-words.js';
import { defineSignal } from './define-signal.js';
import { gammaBalance } from './gamma-balance.js';

/** Balance of dealers' gamma below which their hedging counts as one-sided, in [−1, 0]. */
const SHORT = -0.1;

export const gammaAcceleration = defineSignal(
  {
    name: 'gamma-acceleration',
    describe: "Dealers' gamma exposure is negative: to stay hedged they sell as the price falls and buy as it rises, which makes moves larger.",
    family: 'gamma',
    horizon: 3,
    source: 'Barbon and Buraschi (2021); Ni, Pearson, Poteshman and White (2021); sign convention of SqueezeMetrics (2017)',
    needs: ['spot', 'callGamma', 'putGamma', 'gammaFlip', 'isMixed'],
    needsChain: false,
    minHistory: 1,
    lookback: 1,
  },
  (view) => {
    const gamma = gammaBalance(view);
    if (gamma === null || gamma.isAssumed || !(gamma.balance <= SHORT)) return null;
    const { spot, total, balance, flip } = gamma;
    const isBelow = flip > spot && flip < Infinity;
    return {
      direction: 'volatile',
      strength: -balance,
      // a flip above the price says the same twice: by the sum of today and by the profile over prices
      confidence: isBelow ? 0.6 : 0.4,
      facts: { gamma: [total, 'money'], balance: [balance, 'score'], spot: [spot, 'price'], ...(isBelow ? { flip: [flip, 'price'] as const, distance: [flip / spot - 1, 'fraction'] as const } : {}) },
      text: `Dealers, taken to be ${DEALER_WORDS[view.dealers]}, have a gamma exposure of {gamma} a move of one percent, balance {balance}${isBelow ? '; the price of {spot} is below the flip at {flip}' : ''}: their hedging would make moves larger.`,
    };
  },
);
