import { mean } from '../../math/stats.js';
import { defineSignal } from './define-signal.js';
import { contractFacts, notableTrading } from './notable-trading.js';
import type { OptionsView } from './view.js';

/** Share of the session's premium from which it is unusual, and that at which it is full. */
const MIN_SHARE = 0.05;
const FULL_SHARE = 0.25;
/** Premium of contracts that traded more than was open, against its mean of the sessions before. */
const MIN_RATIO = 2;
const FULL_RATIO = 4;
const PAST = 20;
const MIN_KNOWN = 10;
/** Lean to one side from which there is a direction. */
const MIN_LEAN = 0.3;

export const unusualActivity = defineSignal(
  {
    name: 'unusual-activity',
    describe: 'Contracts out of the money traded three times what was open or more, for much of the money paid on the session and far more than usual; which way by calls less puts.',
    family: 'unusual-activity',
    horizon: 5,
    source: 'Pan and Poteshman (2006); Roll, Schwartz and Subrahmanyam (2010); without the sides of trades, which no public chain tells',
    needs: ['newCallPremium', 'newPutPremium'],
    needsChain: true,
    minHistory: MIN_KNOWN + 1,
    lookback: PAST + 1,
  },
  (view) => {
    if (view.chain === null || view.chain.rows.isMixed) return null;
    const { contracts, callPremium, putPremium, share, lean } = notableTrading(view.chain.rows);
    const usual = againstPast(view);
    if (usual === null || !(usual.ratio >= MIN_RATIO) || contracts.length === 0 || !(share >= MIN_SHARE)) return null;
    const direction = lean >= MIN_LEAN ? 'up' : lean <= -MIN_LEAN ? 'down' : 'neutral';
    const full = Math.min(1, share / FULL_SHARE);
    return {
      direction,
      strength: direction === 'neutral' ? full * MIN_LEAN : lean * full,
      confidence: (usual.known / PAST) * Math.min(1, usual.ratio / FULL_RATIO),
      facts: {
        contracts: [contracts.length, 'count'], premium: [callPremium + putPremium, 'money'], callPremium: [callPremium, 'money'], putPremium: [putPremium, 'money'],
        share: [share, 'fraction'], lean: [lean, 'score'], ratio: [usual.ratio, 'ratio'], past: [usual.known, 'sessions'], ...contractFacts(contracts),
      },
      text: `Far more than was open was traded in {contracts} ${contracts.length === 1 ? 'contract' : 'contracts'} out of the money for {premium}, {share} of the premium of the session; premium of new trading is {ratio} times its mean of {past} sessions. The largest: {volume1} ${contracts[0].isCall ? 'calls' : 'puts'} at {strike1} that expire {expiry1}, {openInterest1} open before. Whether they were bought or sold is not known.`,
    };
  },
);

/** Premium of new trading over its mean of the sessions before; `null` where too little is known. */
function againstPast(view: OptionsView): { ratio: number; known: number } | null {
  const [calls, puts] = [view.column('newCallPremium'), view.column('newPutPremium')];
  const sums = calls.map((value, t) => value + puts[t]);
  const past = sums.subarray(Math.max(0, sums.length - 1 - PAST), sums.length - 1).filter(Number.isFinite);
  const ratio = sums[sums.length - 1] / mean(past);
  return past.length >= MIN_KNOWN && ratio > 0 && ratio < Infinity ? { ratio, known: past.length } : null;
}
