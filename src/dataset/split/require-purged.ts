import { InvariantError } from '../../core/errors.js';
import type { Fold } from './splitter.js';

/** @throws InvariantError `OVERLAPPING_LABELS` when a label of a training session overlaps one of a test session */
export function requirePurged({ train, test }: Fold, span: number): void {
  let next = 0;
  for (const i of train) {
    while (next < test.length && test[next] <= i - span) next++;
    if (next < test.length && test[next] < i + span) {
      throw new InvariantError(`expected training labels that overlap no test label, found training session ${i} and test session ${test[next]} with labels that span ${span}`, { code: 'OVERLAPPING_LABELS', fields: { train: i, test: test[next], span } });
    }
  }
}
