import { InvariantError } from './errors.js';

/** A seeded stream of random numbers: the same seed and labels give the same numbers, bit for bit. */
export interface Rng {
  /**
   * An independent stream named `label`. It depends on the seed and on the labels on the way only, never on how many
   * numbers were drawn or which other forks exist; the same label gives the same stream.
   */
  fork(label: string): Rng;
  /** Uniform on [0, 1), all 53 bits random. */
  float(): number;
  /** Uniform on the whole numbers `min` to `max`, both inclusive, without bias. */
  integer(min: number, max: number): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
  /** The items in random order, as a new array. */
  shuffle<T>(items: readonly T[]): T[];
  /** One of the items. Throws `InvariantError` when there are none. */
  choice<T>(items: readonly T[]): T;
  /** Everything needed to go on from here, as plain JSON. */
  state(): RngState;
  /** Goes on from a saved state. Throws `InvariantError` `BAD_RNG_STATE` when it is none. */
  restore(state: RngState): void;
}

/** Saved state of a stream: 128 bits of identity, 128 bits of position, and a normal number drawn ahead. */
export interface RngState {
  readonly key: readonly [number, number, number, number];
  readonly words: readonly [number, number, number, number];
  readonly spare: number | null;
}

const TWO_32 = 2 ** 32;
const TWO_53 = 2 ** 53;

/**
 * The stream of a seed, a safe integer.
 *
 * Numbers come from sfc32 (C. Doty-Humphrey, PractRand, 2010); seeds and labels are hashed to its 128 bits of state
 * with the quarter round of ChaCha (D. J. Bernstein, 2008), so that neighbouring seeds have unrelated streams.
 */
export function createRng(seed: number): Rng {
  if (!Number.isSafeInteger(seed)) throw new InvariantError(`expected a whole number as seed, found ${seed} in createRng`);
  const low = seed >>> 0;
  const high = Math.floor(seed / TWO_32) >>> 0;
  // The words of "expand 32-byte k", ChaCha's constants: not zero, and free of any pattern of ours.
  return new Sfc32(absorb(Uint32Array.of(0x61707865, 0x3320646e, 0x79622d32, 0x6b206574), [low, high]));
}

/** The stream that `rng.state()` described. */
export function restoreRng(state: RngState): Rng {
  const rng = createRng(0);
  rng.restore(state);
  return rng;
}

class Sfc32 implements Rng {
  readonly #key: Uint32Array;
  readonly #words: Uint32Array;
  #spare: number | null = null;

  constructor(key: Uint32Array) {
    this.#key = key;
    this.#words = key.slice();
    // sfc32's author asks for 12 rounds before the first number.
    for (let round = 0; round < 15; round++) this.#next();
  }

  fork(label: string): Rng {
    const words = [label.length];
    for (let index = 0; index < label.length; index++) words.push(label.charCodeAt(index));
    return new Sfc32(absorb(this.#key.slice(), words));
  }

  float(): number {
    const high = this.#next() >>> 5;
    const low = this.#next() >>> 6;
    return (high * 2 ** 26 + low) / TWO_53;
  }

  integer(min: number, max: number): number {
    const count = max - min + 1;
    if (!(Number.isSafeInteger(min) && Number.isSafeInteger(max) && count >= 1 && count <= TWO_53)) {
      throw new InvariantError(`expected whole numbers min <= max less than 2^53 apart, found ${min} and ${max} in integer`);
    }
    const range = count <= TWO_32 ? TWO_32 : TWO_53;
    const limit = range - (range % count);
    for (;;) {
      const drawn = range === TWO_32 ? this.#next() : this.float() * TWO_53;
      // Numbers past the last whole multiple of `count` would favour small remainders.
      if (drawn < limit) return min + (drawn % count);
    }
  }

  /** Polar method (G. Marsaglia and T. A. Bray, 1964); it makes two numbers and keeps one. */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    for (;;) {
      const x = 2 * this.float() - 1;
      const y = 2 * this.float() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spare = y * scale;
      return x * scale;
    }
  }

  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = items.slice();
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.integer(0, last);
      const item = shuffled[last];
      shuffled[last] = shuffled[other]!;
      shuffled[other] = item;
    }
    return shuffled;
  }

  choice<T>(items: readonly T[]): T {
    if (items.length === 0) throw new InvariantError('expected at least one item, found none in choice');
    return items[this.integer(0, items.length - 1)];
  }

  state(): RngState {
    return { key: fourWords(this.#key), words: fourWords(this.#words), spare: this.#spare };
  }

  restore(state: RngState): void {
    requireState(state);
    this.#key.set(state.key);
    this.#words.set(state.words);
    this.#spare = state.spare;
  }

  #next(): number {
    const words = this.#words;
    const [a, b, c, counter] = [words[0], words[1], words[2], words[3]];
    const drawn = (a + b + counter) >>> 0;
    words[3] = counter + 1;
    words[0] = b ^ (b >>> 9);
    words[1] = c + (c << 3);
    words[2] = ((c << 21) | (c >>> 11)) + drawn;
    return drawn;
  }
}

function absorb(state: Uint32Array, words: readonly number[]): Uint32Array {
  for (const word of words) {
    state[0] = state[0] ^ word;
    quarterRound(state);
    quarterRound(state);
  }
  for (let round = 0; round < 8; round++) quarterRound(state);
  return state;
}

function quarterRound(state: Uint32Array): void {
  let [a, b, c, d] = [state[0], state[1], state[2], state[3]];
  a = (a + b) | 0;
  d = rotateLeft(d ^ a, 16);
  c = (c + d) | 0;
  b = rotateLeft(b ^ c, 12);
  a = (a + b) | 0;
  d = rotateLeft(d ^ a, 8);
  c = (c + d) | 0;
  b = rotateLeft(b ^ c, 7);
  state.set([a, b, c, d]);
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function fourWords(words: Uint32Array): [number, number, number, number] {
  return [words[0], words[1], words[2], words[3]];
}

function requireState(state: RngState): void {
  const areWords = (words: unknown) => Array.isArray(words) && words.length === 4 && words.every((word) => word === word >>> 0);
  const { key, words, spare } = state;
  if (areWords(key) && areWords(words) && (spare === null || Number.isFinite(spare))) return;
  throw new InvariantError(`expected the state of a random stream {key, words, spare}, found ${JSON.stringify(state)}`, { code: 'BAD_RNG_STATE' });
}
