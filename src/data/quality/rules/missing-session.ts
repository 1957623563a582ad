import type { QualityRule, RawFinding } from '../finding.js';
import { isEmpty } from '../scan.js';
import { barColumns } from '../series.js';

/** Sessions without a bar between two bars of a symbol; known when the bars go on. */
export const missingSession: QualityRule = {
  name: 'missing-session',
  describe: 'sessions of the calendar have no bar although bars stand before and after; nothing is filled in',
  defaultPolicy: 'keep',
  policies: ['keep'],
  find(panel) {
    const bars = barColumns(panel);
    const width = panel.sessions.length;
    const findings: RawFinding[] = [];
    for (let row = 0; row < panel.symbols.length; row++) {
      let last = -1;
      for (let t = 0; t < width; t++) {
        if (isEmpty(bars, row * width + t)) continue;
        const missing = t - last - 1;
        if (last >= 0 && missing > 0) findings.push({ row, from: last + 1, to: t - 1, knownAt: t, detail: `expected a bar every session, found none on ${missing}`, value: missing });
        last = t;
      }
    }
    return findings;
  },
};
