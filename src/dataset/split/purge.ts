import { badSplit } from './setting.js';

/** First and last position of sessions that follow each other. */
export interface Block {
  readonly first: number;
  readonly last: number;
}

/** From where the embargo's sessions are counted: the last test session, or the end of its label (stricter). */
export type EmbargoFrom = 'test-end' | 'label-end';

export interface Purging {
  readonly sessions: number;
  readonly span: number;
  readonly embargo: number;
  readonly embargoFrom: EmbargoFrom;
}

/**
 * Training sessions beside test blocks: no half-open span [i, i + span) meets one of a test session, and the sessions of
 * the embargo after each block are left out.
 * @see López de Prado (2018), ch. 7.4
 */
export function purgedTraining(blocks: readonly Block[], { sessions, span, embargo, embargoFrom }: Purging): Int32Array {
  const isClear = (i: number): boolean =>
    blocks.every(({ first, last }) => {
      const labelEnd = last + span;
      const free = embargoFrom === 'label-end' ? labelEnd + embargo : Math.max(labelEnd, last + 1 + embargo);
      return i + span <= first || i >= free;
    });
  return Int32Array.from({ length: sessions }, (_, i) => i).filter(isClear);
}

/**
 * Training sessions beside the test blocks that `where` names.
 * @throws ConfigError `BAD_SPLIT` when there are none
 */
export function trainingBeside(splitter: string, where: string, blocks: readonly Block[], purging: Purging): Int32Array {
  const train = purgedTraining(blocks, purging);
  if (train.length > 0) return train;
  let possible = purging.embargo - 1;
  while (possible >= 0 && purgedTraining(blocks, { ...purging, embargo: possible }).length === 0) possible--;
  const way = possible >= 0 ? `an embargo of at most ${possible}` : `more than ${purging.sessions} sessions or shorter test blocks: even no embargo leaves nothing`;
  throw badSplit(splitter, `sessions to learn from beside test ${where}, which takes ${way}`, `none of ${purging.sessions} sessions with embargo ${purging.embargo} from ${purging.embargoFrom} and span ${purging.span}`);
}

/** Sessions in `count` blocks as equal as can be, longer ones first. */
export function equalBlocks(sessions: number, count: number): Block[] {
  const [size, longer] = [Math.floor(sessions / count), sessions % count];
  return Array.from({ length: count }, (_, block) => {
    const first = block * size + Math.min(block, longer);
    return { first, last: first + size + (block < longer ? 1 : 0) - 1 };
  });
}

/** Positions from `from` up to, not including, `to`. */
export const positions = (from: number, to: number): Int32Array => Int32Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
