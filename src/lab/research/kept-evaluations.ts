import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { makeFolder } from '../../core/make-folder.js';
import type { ScoreEvaluation } from '../../evaluation/score-evaluation.js';

/** Evaluations by the hash of what was evaluated against what. */
export interface KeptEvaluations {
  /** At once, because `lab.evaluate` does not wait; `undefined` when it is not there or not whole. */
  read(key: string): ScoreEvaluation | undefined;
  keep(key: string, evaluation: ScoreEvaluation): Promise<void>;
}

/** @param folder made when the first evaluation is kept; each is one JSON file */
export function keptEvaluations(folder: string): KeptEvaluations {
  const path = (key: string): string => join(folder, `${key}.json`);
  return {
    read(key) {
      try {
        const kept = JSON.parse(readFileSync(path(key), 'utf8')) as { readonly key: string; readonly evaluation: ScoreEvaluation };
        return kept.key === key ? kept.evaluation : undefined;
      } catch {
        return undefined; // computed again
      }
    },
    async keep(key, evaluation) {
      if (this.read(key) !== undefined) return;
      await makeFolder(folder);
      await writeFileAtomic(path(key), JSON.stringify({ key, evaluation }));
    },
  };
}
