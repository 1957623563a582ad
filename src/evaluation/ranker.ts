import { ascendingOrder } from '../math/ascending-order.js';

/** Members in ascending order of a value, and their ranks. */
export interface Ranking {
  /** Members with a value. */
  readonly count: number;
  /** Members in ascending order, the first `count` of them. */
  readonly order: Int32Array;
  /** Average ranks from 1, [member]; NaN without a value. */
  readonly ranks: Float64Array;
  /** Sum of the squared ranks, exact. */
  readonly squares: number;
}

const DIGIT = 11;
const MASK = (1 << DIGIT) - 1;
/** Moves per value after which insertion gives up: leading bits that hardly differ. */
const PATIENCE = 8;

/**
 * Average ranks of one session after another, as `averageRank` gives them, several times as fast.
 *
 * Sorts by the 22 leading bits (two rounds of counting), then by insertion, on arrays that it keeps: an evaluation ranks
 * tens of thousands of sessions.
 */
export class Ranker {
  readonly #keys: Float64Array;
  readonly #bits: Uint32Array;
  readonly #leading: Uint32Array;
  readonly #members: Int32Array;
  readonly #first = new Int32Array(1 << DIGIT);
  readonly #second = new Int32Array(1 << DIGIT);
  readonly #between: Int32Array;

  /** @param members length of every list of values */
  constructor(members: number) {
    this.#keys = new Float64Array(members);
    this.#bits = new Uint32Array(this.#keys.buffer);
    this.#leading = new Uint32Array(members);
    this.#members = new Int32Array(members);
    this.#between = new Int32Array(members);
  }

  /** Ranks of finite values [member], NaN is left out; written into `into` where given, which is faster. */
  rank(values: Float64Array, into?: Ranking): Ranking {
    const order = into?.order ?? new Int32Array(values.length);
    const ranks = (into?.ranks ?? new Float64Array(values.length)).fill(Number.NaN);
    const count = this.#sort(values, order);
    let squares = 0;
    for (let i = 0; i < count; ) {
      let end = i + 1;
      while (end < count && values[order[end]] === values[order[i]]) end++;
      const shared = (i + 1 + end) / 2;
      squares += (end - i) * shared * shared;
      for (; i < end; i++) ranks[order[i]] = shared;
    }
    return { count, order, ranks, squares };
  }

  #sort(values: Float64Array, order: Int32Array): number {
    const count = this.#count(values);
    const [first, second, between, leading, members] = [this.#first, this.#second, this.#between, this.#leading, this.#members];
    for (let i = 0; i < count; i++) between[first[leading[i] & MASK]++] = i;
    for (let k = 0; k < count; k++) {
      const i = between[k];
      order[second[leading[i] >>> DIGIT]++] = members[i];
    }
    if (!insertInOrder(values, order, count)) order.set(ascendingOrder(values));
    return count;
  }

  /** Members with a value, their leading bits, and where each digit begins. */
  #count(values: Float64Array): number {
    const [keys, bits, leading, members] = [this.#keys, this.#bits, this.#leading, this.#members];
    const [first, second] = [this.#first.fill(0), this.#second.fill(0)];
    keys.set(values);
    let count = 0;
    for (let member = 0; member < values.length; member++) {
      if (Number.isNaN(values[member])) continue;
      const high = bits[2 * member + HIGH];
      const ascending = (high & 0x80000000) === 0 ? high ^ 0x80000000 : ~high;
      const digits = ascending >>> (32 - 2 * DIGIT);
      leading[count] = digits;
      members[count++] = member;
      first[digits & MASK]++;
      second[digits >>> DIGIT]++;
    }
    countsToStarts(first);
    countsToStarts(second);
    return count;
  }
}

/** Which half of a double holds its sign and exponent on this machine. */
const HIGH = new Uint32Array(Float64Array.of(1).buffer)[0] === 0 ? 1 : 0;

function countsToStarts(counts: Int32Array): void {
  let start = 0;
  for (let digit = 0; digit < counts.length; digit++) {
    const count = counts[digit];
    counts[digit] = start;
    start += count;
  }
}

/** Whether the members are now in ascending order of their values: not where that would take many moves. */
function insertInOrder(values: Float64Array, order: Int32Array, count: number): boolean {
  let moves = PATIENCE * count;
  for (let i = 1; i < count; i++) {
    const member = order[i];
    const value = values[member];
    let j = i - 1;
    for (; j >= 0 && values[order[j]] > value; j--) {
      order[j + 1] = order[j];
      moves--;
    }
    order[j + 1] = member;
    if (moves < 0) return false;
  }
  return true;
}
