import type { IsoDate } from '../../../core/dates.js';
import type { QualityFinding, QualityRule } from '../finding.js';

/**
 * Several rows of one symbol and session that differ. A panel has one value a cell, so the store finds them on import
 * and `find` has nothing to do; the rule stands here for its name, policies and documentation.
 */
export const duplicateBar: QualityRule = {
  name: 'duplicate-bar',
  describe: 'several rows for one symbol and session; mask sets all of them aside, repair keeps the one delivered last',
  defaultPolicy: 'mask',
  policies: ['mask', 'repair'],
  find: () => [],
};

/** The finding of an import: `rows` rows were delivered for one symbol and session. */
export function duplicateFinding(symbol: string, session: IsoDate, rows: number, policy: 'mask' | 'repair'): QualityFinding {
  return { rule: duplicateBar.name, symbol, session, end: session, knownAt: session, detail: `expected one row, found ${rows}`, policy, value: rows };
}
