import { builtIn } from '../../core/built-in.js';
import { equalBlocks, positions, trainingBeside, type EmbargoFrom } from './purge.js';
import { badSplit, requireWhole } from './setting.js';
import type { Fold, SplitInput, Splitter } from './splitter.js';

export interface CombinatorialPurgedOptions {
  /** Blocks of sessions. */
  readonly groups: number;
  /** Blocks judged at a time. */
  readonly testGroups: number;
  /** Sessions after a test block that nothing is learnt from. */
  readonly embargo?: number;
  /** From where those sessions are counted; the end of the last test label when absent. */
  readonly embargoFrom?: EmbargoFrom;
}

/** A fold and the blocks that it judges, ascending. */
export interface CombinatorialFold extends Fold {
  readonly groups: readonly number[];
}

export interface CombinatorialSplitter extends Splitter {
  /** Ways through all sessions along which every one is judged once: C(groups − 1, testGroups − 1). */
  readonly paths: number;
  split(input: SplitInput): CombinatorialFold[];
  /** The fold that judges each block on each path, [path][group]: every fold's judgement of a block is used on one path. */
  assemblePaths(): number[][];
}

/**
 * Every choice of `testGroups` out of `groups` blocks is judged by what is learnt from the rest, purged and embargoed: many
 * paths through the same history instead of one.
 *
 * @throws ConfigError `BAD_SPLIT` for impossible settings, and in `split` for too few sessions
 * @see López de Prado (2018), ch. 12
 */
export function combinatorialPurged({ groups, testGroups, embargo = 0, embargoFrom = 'label-end' }: CombinatorialPurgedOptions): CombinatorialSplitter {
  const name = 'combinatorial-purged';
  requireWhole(name, 'groups', groups, 2);
  requireWhole(name, 'testGroups', testGroups, 1);
  requireWhole(name, 'embargo', embargo, 0);
  if (testGroups >= groups) throw badSplit(name, `testGroups from 1 to ${groups - 1}, fewer than the ${groups} groups`, String(testGroups));
  const folds = combinations(groups, testGroups);
  return builtIn<CombinatorialSplitter>({
    name,
    params: { groups, testGroups, embargo, embargoFrom },
    paths: (folds.length * testGroups) / groups,
    split({ sessions, span }) {
      if (sessions < groups) throw badSplit(name, `groups from 2 to ${sessions}, the number of sessions`, String(groups));
      const blocks = equalBlocks(sessions, groups);
      return folds.map((chosen) => {
        const tested = chosen.map((group) => blocks[group]);
        const train = trainingBeside(name, `groups ${chosen.join(', ')} of ${groups}`, tested, { sessions, span, embargo, embargoFrom });
        return { groups: chosen, train, test: Int32Array.from(tested.flatMap(({ first, last }) => [...positions(first, last + 1)])) };
      });
    },
    assemblePaths: () => assemble(folds, groups),
  });
}

/** The p-th fold that judges a block does so on path p. */
function assemble(folds: readonly (readonly number[])[], groups: number): number[][] {
  const judges = Array.from({ length: groups }, (_, group) => folds.flatMap((chosen, fold) => (chosen.includes(group) ? [fold] : [])));
  return judges[0].map((_, path) => judges.map((of) => of[path]));
}

/** Every choice of `size` numbers below `count`, each ascending, in lexicographic order. */
function combinations(count: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: Math.max(0, count - size + 1 - from) }, (_, i) => from + i).flatMap((first) => combinations(count, size - 1, first + 1).map((rest) => [first, ...rest]));
}
