import type { Rng } from '../core/rng.js';
import { SESSIONS_PER_YEAR } from '../core/sessions-per-year.js';
import type { SimulationSettings } from './settings.js';

/** What a stock is in a session. */
export const LISTING = { unlisted: 0, listed: 1, member: 2, delisted: 3 } as const;

/** Whether a stock has a bar. */
export const hasBar = (state: number): boolean => state === LISTING.listed || state === LISTING.member;

/** Who is listed and who a member when: members leave, others join, list and are delisted at constant hazards; [symbol, session] of `LISTING`. */
export function drawListing({ symbols, membership }: SimulationSettings, length: number, rng: Rng): Uint8Array {
  const chance = (hazard: number): number => 1 - Math.exp(-hazard / SESSIONS_PER_YEAR);
  const [leave, join, list, delist] = [membership.leaves, membership.joins, membership.listings, membership.delistings].map(chance);
  const order = rng.fork('order').shuffle(Array.from({ length: symbols }, (_, i) => i));
  const members = Math.round(symbols * membership.members);
  const listed = Math.round(symbols * (membership.members + membership.listedOutside));
  const states = new Uint8Array(symbols * length);
  order.forEach((symbol, place) => {
    const stream = rng.fork(`stock ${symbol}`);
    let state: number = place < members ? LISTING.member : place < listed ? LISTING.listed : LISTING.unlisted;
    for (let t = 0; t < length; t++) {
      const [first, second] = [stream.float(), stream.float()];
      if (t > 0 && hasBar(state) && first < delist) state = LISTING.delisted;
      else if (t > 0 && state === LISTING.member && second < leave) state = LISTING.listed;
      else if (t > 0 && state === LISTING.listed && second < join) state = LISTING.member;
      else if (t > 0 && state === LISTING.unlisted && second < list) state = LISTING.listed;
      states[symbol * length + t] = state;
    }
  });
  return states;
}

/** Intervals of membership: the session it starts and the first session after it, −1 while it lasts. */
export interface MembershipIntervals {
  readonly symbol: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
}

/** Membership of the first `sessionCount` sessions as intervals, by symbol, then start. */
export function membershipIntervals(states: Uint8Array, length: number, sessionCount: number): MembershipIntervals {
  const [symbol, start, end]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < states.length / length; i++) {
    for (let t = 0; t < sessionCount; t++) {
      const is = states[i * length + t] === LISTING.member;
      const was = t > 0 && states[i * length + t - 1] === LISTING.member;
      if (is && !was) {
        symbol.push(i);
        start.push(t);
        end.push(-1);
      } else if (was && !is) end[end.length - 1] = t;
    }
  }
  return { symbol: Int32Array.from(symbol), start: Int32Array.from(start), end: Int32Array.from(end) };
}
