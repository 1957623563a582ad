import { defineSignal } from './define-signal.js';
import { gammaBalance } from './gamma-balance.js';

/** Balance of dealers' gamma from which their hedging counts as against moves. */
const LONG = 0.1;
/** Share of an expiry's open contracts at one strike that can hold a price, and that at which the pull is full. */
const MIN_SHARE = 0.1;
const FULL_SHARE = 0.3;
/** Distance of the strike in expected moves of the horizon beyond which nothing pulls. */
const NEAR = 0.5;
/** Days within which the columns `pinStrike` and `pinShare` look for an expiry. */
const DAYS = 7;
const HORIZON = 3;

export const gammaPin = defineSignal(
  {
    name: 'gamma-pin',
    describe: "Many contracts that expire within a week are open at one strike near the price while dealers' gamma exposure is positive: hedging pulls the price to the strike.",
    family: 'gamma',
    horizon: HORIZON,
    source: 'Ni, Pearson and Poteshman (2005); Avellaneda and Lipkin (2003)',
    needs: ['spot', 'callGamma', 'putGamma', 'pinStrike', 'pinShare', 'volatility30', 'isMixed'],
    needsChain: false,
    minHistory: 1,
    lookback: 1,
  },
  (view) => {
    const gamma = gammaBalance(view);
    if (gamma === null || !(gamma.balance >= LONG)) return null;
    const { spot, balance } = gamma;
    const last = view.length - 1;
    const [strike, share] = [view.comparable('pinStrike')[last], view.comparable('pinShare')[last]];
    const distance = strike / spot - 1;
    const near = Math.abs(distance) / gamma.expectedMove(HORIZON);
    if (!(strike > 0 && share >= MIN_SHARE && share <= 1 && near <= NEAR)) return null;
    return {
      direction: 'neutral',
      strength: Math.min(1, share / FULL_SHARE) * (1 - near),
      confidence: 0.4 + 0.4 * gamma.certainty,
      facts: { strike: [strike, 'price'], spot: [spot, 'price'], distance: [distance, 'fraction'], share: [share, 'fraction'], days: [DAYS, 'days'], balance: [balance, 'score'], moves: [near, 'ratio'] },
      text: `Of the open contracts of the expiry within {days} days {share} stand at the strike {strike}, {distance} from the price of {spot}, and ${gamma.positiveWords}: hedging may hold the price there.`,
    };
  },
);
