import fc from 'fast-check';
import { expect, it } from 'vitest';

import { distinctStrikes } from '../../../src/options/exposure/distinct-strikes.js';

it('gives each strike once, ascending, whatever the order of the rows', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 1500 }), fc.boolean(), (list, inRuns) => {
      const rows = inRuns ? [...list.slice(0, 500).sort((a, b) => a - b), ...list.slice(500).sort((a, b) => a - b)] : list;
      expect([...distinctStrikes(Float64Array.from([...rows, 7]), rows.length)]).toEqual([...new Set(rows)].sort((a, b) => a - b));
    }),
    { numRuns: 200 },
  );
});
