import { createRng, type Rng } from '../../../src/core/rng.js';
import type { Bar, PlainInput, PlainLevel } from './reference.js';

/** Whole and half prices about 20, so that opens, ranges and levels often meet exactly; some bars are missing, some only in part, some series end early. */
function bars(rng: Rng, sessions: number): Bar[] {
  let price = 20;
  const end = rng.float() < 0.3 ? rng.integer(0, sessions) : sessions;
  return Array.from({ length: sessions }, (_, t) => {
    const step = (): number => Math.max(1, price + 0.5 * rng.integer(-3, 3));
    const open = (price = step());
    const close = (price = step());
    const [high, low] = [Math.max(open, close) + 0.5 * rng.integer(0, 2), Math.max(0.5, Math.min(open, close) - 0.5 * rng.integer(0, 2))];
    const drawn = rng.float();
    const hole = (missing: boolean, value: number): number => (missing || t >= end ? Number.NaN : value);
    return { open: hole(drawn < 0.1, open), high: hole(drawn < 0.05, high), low: hole(drawn < 0.05, low), close: hole(drawn < 0.05 || drawn > 0.95, close) };
  });
}

function level(rng: Rng, sessions: number, middle: number): PlainLevel {
  const drawn = rng.float();
  if (drawn < 0.35) return undefined;
  if (drawn < 0.7) return rng.choice([0.025, 0.05, 0.1, 0.2]);
  return Array.from({ length: sessions }, () => (rng.float() < 0.2 ? Number.NaN : middle + 0.5 * rng.integer(-4, 4)));
}

/** Everything that a run of one instrument can be given, at random. */
export function randomInput(seed: number, sessions: number): PlainInput {
  const rng = createRng(seed);
  const isShort = rng.float() < 0.5;
  const often = rng.choice([0.05, 0.2, 0.5, 0.9]);
  const [below, above] = isShort ? [23, 17] : [17, 23];
  const signals = (): boolean[] => Array.from({ length: sessions }, () => rng.float() < often);
  return {
    bars: bars(rng, sessions),
    entries: signals(),
    exits: rng.float() < 0.3 ? new Array<boolean>(sessions).fill(false) : signals(),
    rules: {
      direction: isShort ? 'short' : 'long', size: rng.choice([1, 0.5, 0.1]),
      stop: level(rng, sessions, below), target: level(rng, sessions, above), trailing: level(rng, sessions, below),
      timeStop: rng.float() < 0.5 ? undefined : rng.integer(1, 8),
    },
    costs: { commissionBps: rng.choice([0, 5, 50]), halfSpreadBps: rng.choice([0, 2]), slippageBps: rng.choice([0, 30]), ...(isShort || rng.float() < 0.5 ? { borrowFee: rng.choice([0, 0.03, 0.5]) } : {}) },
  };
}
