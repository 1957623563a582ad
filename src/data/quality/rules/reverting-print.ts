import type { QualityRule } from '../finding.js';
import { findJumps, reverts } from '../jump.js';
import { percentOfLog } from '../words.js';

/** A bad print: a bar, or its close, that the next bar undoes; known at the next bar. */
export const revertingPrint: QualityRule = {
  name: 'reverting-print',
  describe: 'a price jumps away on ordinary volume, with a hole between the ranges of the days, and the next bar takes it back',
  defaultPolicy: 'mask',
  policies: ['keep', 'mask'],
  find: (panel) =>
    findJumps(panel)
      .filter(reverts)
      .map(({ row, session, change, usual, volumeRatio, next }) => ({
        row,
        from: session,
        to: session,
        knownAt: next!.session,
        detail: `expected a change that lasts or trading that explains it, found ${percentOfLog(change)} (usual: ${percentOfLog(usual)}) on ${volumeRatio.toFixed(1)} times the usual volume and ${percentOfLog(next!.close - change)} at the next bar`,
        value: Math.expm1(change),
      })),
};
