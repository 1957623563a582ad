import { GROWTH_COLUMNS } from '../history/open-interest-growth.js';
import { defineSignal } from './define-signal.js';
import { openInterestSteps } from './open-interest-steps.js';

/** Steps taken together. */
const SPAN = 5;
/** Days before the monthly expiry within which positions are rolled. */
const DAYS = 14;
/** Share of what was open up to the expiry that moves on: from which it is a roll, and at which it is full. */
const MIN_SHARE = 0.1;
const FULL_SHARE = 0.4;

export const openInterestRoll = defineSignal(
  {
    name: 'open-interest-roll',
    describe: 'In the two weeks before a monthly expiry contracts up to it are closed while later ones are opened: positions are kept and rolled on rather than given up.',
    family: 'open-interest',
    horizon: 5,
    source: 'own rule; rolling before monthly expiries is common practice',
    needs: [...GROWTH_COLUMNS, 'monthlyExpiry', 'monthlyOpenInterest', 'laterOpenInterest'],
    needsChain: false,
    minHistory: SPAN + 1,
    lookback: SPAN + 1,
  },
  (view) => {
    const [last, first] = [view.length - 1, view.length - 1 - SPAN];
    const [expiry, near, later, expiring] = (['monthlyExpiry', 'monthlyOpenInterest', 'laterOpenInterest', 'expiringOpenInterest'] as const).map((name) => view.comparable(name));
    const days = expiry[last] - view.session;
    if (expiry[last] !== expiry[first] || !(days > 0 && days <= DAYS && Number.isInteger(days)) || openInterestSteps(view).subarray(first + 1).some(Number.isNaN)) return null;
    let expired = 0; // what expires on a session is neither up to the expiry nor after it
    for (let t = first + 1; t <= last; t++) expired += expiring[t];
    const closed = near[first] - near[last] - expired;
    const opened = later[last] - later[first];
    const rolled = Math.min(closed, opened);
    const share = rolled / near[first];
    if (!(share >= MIN_SHARE && share <= 1 && closed < Infinity && opened < Infinity)) return null;
    return {
      direction: 'neutral',
      strength: Math.min(1, share / FULL_SHARE),
      confidence: Math.min(closed, opened) / Math.max(closed, opened),
      facts: { rolled: [rolled, 'contracts'], share: [share, 'fraction'], closed: [closed, 'contracts'], opened: [opened, 'contracts'], expiry: [expiry[last], 'date'], days: [days, 'days'], sessions: [SPAN, 'sessions'] },
      text: 'In {sessions} sessions of trading {closed} contracts up to the expiry of {expiry} were closed and {opened} later ones opened: {share} of the positions are taken to be rolled on, not given up.',
    };
  },
);
