import { builtIn } from '../../core/built-in.js';
import { equalBlocks, positions, trainingBeside, type EmbargoFrom } from './purge.js';
import { badSplit, requireWhole } from './setting.js';
import type { Fold, SplitInput, Splitter } from './splitter.js';

export interface PurgedKFoldOptions {
  /** Folds. */
  readonly k: number;
  /** Sessions after a test block that nothing is learnt from. */
  readonly embargo?: number;
  /** From where those sessions are counted; the end of the last test label when absent. */
  readonly embargoFrom?: EmbargoFrom;
}

/**
 * Each of `k` blocks of sessions is judged by what is learnt from all others, before and after, purged and embargoed.
 *
 * @throws ConfigError `BAD_SPLIT` for settings that are no numbers of sessions, and in `split` for too few sessions
 * @see López de Prado (2018), ch. 7
 */
export function purgedKFold({ k, embargo = 0, embargoFrom = 'label-end' }: PurgedKFoldOptions): Splitter {
  const name = 'purged-k-fold';
  requireWhole(name, 'k', k, 2);
  requireWhole(name, 'embargo', embargo, 0);
  return builtIn<Splitter>({
    name,
    params: { k, embargo, embargoFrom },
    split({ sessions, span }: SplitInput): Fold[] {
      if (sessions < k) throw badSplit(name, `k from 2 to ${sessions}, the number of sessions`, String(k));
      return equalBlocks(sessions, k).map((block, fold) => {
        const train = trainingBeside(name, `block ${fold} of ${k}`, [block], { sessions, span, embargo, embargoFrom });
        return { train, test: positions(block.first, block.last + 1) };
      });
    },
  });
}
