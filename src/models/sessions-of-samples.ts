import type { Samples } from '../dataset/samples.js';

/** The samples of one session: `start` to `end`, the latter not included. */
export interface SessionOfSamples {
  /** Epoch day. */
  readonly session: number;
  readonly start: number;
  readonly end: number;
}

/** The sessions of some samples, one after the other. */
export function* sessionsOfSamples({ sessions, counts }: Samples): Generator<SessionOfSamples, void, void> {
  let start = 0;
  for (let group = 0; group < sessions.length; group++) {
    const end = start + counts[group];
    yield { session: sessions[group], start, end };
    start = end;
  }
}
