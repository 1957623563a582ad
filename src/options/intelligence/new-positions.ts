import type { CleanRows } from '../chain/clean-rows.js';
import { defineSignal } from './define-signal.js';
import { contractFacts, notableTrading, type NotableContract } from './notable-trading.js';

/** Share of the trading that stayed open from which it was opening. */
const MIN_OPENED = 0.5;
/** Premium of what stayed open from which it counts, and at which it is full. */
const MIN_PREMIUM = 500_000;
const FULL_PREMIUM = 10_000_000;
const MIN_LEAN = 0.3;

export const newPositions = defineSignal(
  {
    name: 'new-positions',
    describe: 'Contracts that traded far more than was open on the session before have as many more open this morning: the trading opened positions; which way by calls less puts.',
    family: 'unusual-activity',
    horizon: 5,
    source: 'opening trades as in Pan and Poteshman (2006), told by the open interest of the next session',
    needs: [],
    needsChain: true,
    minHistory: 2,
    lookback: 2,
  },
  ({ chain, previous, sessions, length }) => {
    if (chain === null || previous === null || previous.rows.session !== sessions[length - 2] || chain.rows.isMixed || previous.rows.isMixed) return null;
    const { contracts } = notableTrading(previous.rows);
    const opened = openedContracts(contracts, chain.rows);
    const sum = (values: readonly NotableContract[], value: (contract: NotableContract) => number): number => values.reduce((total, one) => total + value(one), 0);
    const [traded, stayed, premium] = [sum(contracts, ({ volume }) => volume), sum(opened, ({ volume }) => volume), sum(opened, (one) => one.premium)];
    const lean = sum(opened, (one) => (one.isCall ? one.premium : -one.premium)) / premium;
    if (!(premium >= MIN_PREMIUM && stayed / traded >= MIN_OPENED && Math.abs(lean) >= MIN_LEAN)) return null;
    return {
      direction: lean > 0 ? 'up' : 'down',
      strength: lean * Math.min(1, Math.log1p(premium / MIN_PREMIUM) / Math.log1p(FULL_PREMIUM / MIN_PREMIUM)),
      confidence: Math.min(1, stayed / traded),
      facts: { contracts: [opened.length, 'count'], traded: [traded, 'contracts'], opened: [stayed, 'contracts'], share: [stayed / traded, 'fraction'], premium: [premium, 'money'], lean: [lean, 'score'], ...contractFacts(opened) },
      text: `Of {traded} contracts out of the money that traded far more than was open on the session before, {opened} stayed open ({share}), worth {premium}. The largest: {volume1} ${opened[0].isCall ? 'calls' : 'puts'} at {strike1} that expire {expiry1}, {openInterest1} open before. Who is long of them is not known.`,
    };
  },
);

/** The contracts that have more open in the rows, with that growth as their volume (at most what was traded) and its part of the premium; the largest first. */
function openedContracts(contracts: readonly NotableContract[], { count, expiry, strike, isCall, openInterest }: CleanRows): NotableContract[] {
  const key = (day: number, call: boolean): number => 2 * day + Number(call);
  const wanted = new Map<number, NotableContract[]>();
  for (const contract of contracts) {
    const place = key(contract.expiry, contract.isCall);
    wanted.set(place, [...(wanted.get(place) ?? []), contract]);
  }
  const opened: NotableContract[] = [];
  for (let i = 0; i < count; i++) {
    const before = wanted.get(key(expiry[i], isCall[i] === 1))?.find((contract) => contract.strike === strike[i]);
    if (before === undefined) continue;
    const volume = Math.min(before.volume, openInterest[i] - before.openInterest);
    if (volume > 0) opened.push({ ...before, volume, premium: (before.premium * volume) / before.volume });
  }
  return opened.sort((a, b) => b.premium - a.premium);
}
