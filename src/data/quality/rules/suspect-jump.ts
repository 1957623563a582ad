import type { QualityRule } from '../finding.js';
import { findJumps } from '../jump.js';
import { percentOfLog } from '../words.js';

/**
 * A jump that may turn out to be a bad print or a missing adjustment, as seen at its own close.
 *
 * The bar stays, but the session is marked in the column `suspect`: no decision about the symbol is to rest on it. Every
 * `reverting-print` and `level-shift` is a `suspect-jump` at the same session, so that what they change once known was
 * never acted on before.
 */
export const suspectJump: QualityRule = {
  name: 'suspect-jump',
  describe: 'a jump that may be a bad print or a missing adjustment; its session is marked in the column suspect until the next bar tells',
  defaultPolicy: 'keep',
  policies: ['keep', 'mask'],
  find: (panel) =>
    findJumps(panel).map(({ row, session, change, usual, volumeRatio }) => ({
      row,
      from: session,
      to: session,
      knownAt: session,
      detail: `expected an ordinary move (${percentOfLog(usual)}) or trading that explains it, found ${percentOfLog(change)} on ${volumeRatio.toFixed(1)} times the usual volume`,
      value: Math.expm1(change),
    })),
  apply(bars, { row, from, value }, policy) {
    const cell = row * bars.sessionCount + from;
    bars.writable('suspect')[cell] = 1;
    bars.writable('suspectReturn')[cell] = value;
    if (policy === 'mask') bars.blank(row, from);
  },
};
