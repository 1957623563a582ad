import { builtIn } from '../../core/built-in.js';
import { requireKnownOptions } from '../../core/known-options.js';
import { positions } from './purge.js';
import { badSplit, requireWhole } from './setting.js';
import type { Fold, SplitInput, Splitter } from './splitter.js';

export interface WalkForwardOptions {
  /** Sessions to learn from; with `expanding` at least so many. */
  readonly train: number;
  /** Sessions to judge on before the model is learnt again. */
  readonly test: number;
  /** The last `train` sessions before each test, or all of them. */
  readonly mode?: 'rolling' | 'expanding';
  /** Sessions left free between the end of the last training label and the first test session. */
  readonly embargo?: number;
  /** Position of the first test session; the earliest with a whole training window when absent. */
  readonly start?: number;
}

/**
 * Learns from the past, judges on the sessions that follow, steps on by `test`: the way a model is used.
 *
 * The last training session i has i + span ≤ first test session − embargo. The last fold may be shorter.
 * @throws ConfigError `BAD_SPLIT` for settings that are no numbers of sessions, and in `split` for too few sessions
 */
export function walkForward(options: WalkForwardOptions): Splitter {
  const name = 'walk-forward';
  requireKnownOptions(options, ['train', 'test', 'mode', 'embargo', 'start'], 'walkForward');
  const { train, test, mode = 'rolling', embargo = 0, start } = options;
  if (mode !== 'rolling' && mode !== 'expanding') throw badSplit(name, 'mode rolling or expanding', JSON.stringify(mode));
  requireWhole(name, 'train', train, 1);
  requireWhole(name, 'test', test, 1);
  requireWhole(name, 'embargo', embargo, 0);
  if (start !== undefined) requireWhole(name, 'start', start, 0);
  return builtIn<Splitter>({
    name,
    params: { train, test, mode, embargo, ...(start === undefined ? {} : { start }) },
    split({ sessions, span }: SplitInput): Fold[] {
      const earliest = train - 1 + span + embargo;
      const first = start ?? earliest;
      if (earliest >= sessions) throw badSplit(name, `at least ${earliest + 1} sessions for one test session`, `${sessions}: with them, train can be at most ${Math.max(0, sessions - span - embargo)}`);
      if (first < earliest) throw badSplit(name, `start at position ${earliest} or later, for ${train} training sessions whose labels span ${span} and an embargo of ${embargo}`, String(first));
      if (first >= sessions) throw badSplit(name, `start before the end, from position ${earliest} to ${sessions - 1}`, String(first));
      const folds: Fold[] = [];
      for (let from = first; from < sessions; from += test) {
        const end = from - embargo - span + 1;
        folds.push({ train: positions(mode === 'rolling' ? end - train : 0, end), test: positions(from, Math.min(from + test, sessions)) });
      }
      return folds;
    },
  });
}
