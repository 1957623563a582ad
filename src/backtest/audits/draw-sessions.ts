import type { Rng } from '../../core/rng.js';

/** Up to `count` different sessions of those given, ascending, each as likely as any other. */
export function drawSessions(sessions: Int32Array, count: number, rng: Rng): number[] {
  return rng.shuffle([...sessions]).slice(0, count).sort((a, b) => a - b);
}
