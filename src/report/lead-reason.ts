import type { Reason, Recommendation } from '../recommendation/recommendation.js';

/** Where a name stands and how the book holds it: true, and no reason to act. */
const STANDING: ReadonlySet<string> = new Set(['model-rank', 'priority', 'held']);
/** What the model says, which is not why a name is sold. */
const FORETOLD: ReadonlySet<string> = new Set([...STANDING, 'driver', 'other-features', 'forecast']);

/**
 * The reason that a person wants first: for an entry or what is kept, what speaks for it most, the feature that raised
 * the score most; for an exit, what was broken; for a reduction, the risk rule. `null` when there are none.
 */
export function leadReason({ action, reasons }: Recommendation): Reason | null {
  const first = (holds: (reason: Reason) => boolean): Reason | undefined => reasons.find(holds);
  if (action === 'reduce') return first(({ code }) => code === 'risk-rule') ?? first(({ code }) => !FORETOLD.has(code)) ?? reasons[0] ?? null;
  if (action === 'exit') return first(({ code }) => !FORETOLD.has(code)) ?? reasons[0] ?? null;
  const driver = first(({ code, values }) => code === 'driver' && Number(values['contribution']) > 0) ?? first(({ code }) => code === 'driver');
  return driver ?? first(({ code }) => !STANDING.has(code)) ?? reasons[0] ?? null;
}
