import { utimes } from 'node:fs/promises';
import { join } from 'node:path';

import { systemClock, type Clock } from '../../core/clock.js';
import { DataError, describeError, InvariantError } from '../../core/errors.js';
import { ENTRY_FILE, keepWithin, removeEntry } from './keep-within.js';
import { readEntry } from './read-entry.js';
import { encodeEntry, writeEntry } from './write-entry.js';

/**
 * Results that are kept by what they were computed from: panels and JSON values.
 *
 * A key is a hash of everything that decides the result (`hashJson` of settings, data and code); a kind groups keys that are
 * made alike. Columns of a panel that comes from the cache share one buffer: pass copies of columns to workers, not views.
 */
export interface ResultCache {
  /** `undefined` when it is not there, or damaged, which is said. */
  get(kind: string, key: string): Promise<unknown>;
  /**
   * Keeps a result; one that alone exceeds the bound is not kept, which is said.
   * @throws DataError `WRITE_FAILED`; InvariantError `NOT_JSON` for a value that is neither a panel nor JSON
   */
  put(kind: string, key: string, value: unknown): Promise<void>;
  /**
   * The result of an earlier call with the same key, else that of `compute`, which is kept; calls at the same time compute once.
   * A result that cannot be written is returned all the same, and that is said.
   */
  getOrCompute<Value>(kind: string, key: string, compute: () => Promise<Value> | Value): Promise<Value>;
}

export interface ResultCacheOptions {
  /** Bound of all entries together; 4 GB when absent. What was used longest ago goes first. */
  readonly maxBytes?: number;
  readonly clock?: Clock;
  /** Hears what went wrong without stopping the work: a damaged entry, a disk at its end. */
  readonly onProblem?: (message: string) => void;
}

const DEFAULT_MAX_BYTES = 4e9;
const KIND = /^[a-z][a-z\d]*(?:-[a-z\d]+)*$/;
const KEY = /^[\da-f]{8,64}$/;

/**
 * A cache of results in files, `<folder>/<kind>/<key>/entry.bin`; processes may share it.
 * @param folder made when the first result is kept
 */
export function resultCache(folder: string, options: ResultCacheOptions = {}): ResultCache {
  return new FileCache(folder, options);
}

const isDamage = (error: unknown): boolean => error instanceof DataError && error.code === 'DAMAGED_ENTRY';

class FileCache implements ResultCache {
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #clock: Clock;
  readonly #say: (message: string) => void;
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(folder: string, { maxBytes = DEFAULT_MAX_BYTES, clock = systemClock, onProblem = () => undefined }: ResultCacheOptions) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
    this.#clock = clock;
    this.#say = onProblem;
  }

  async get(kind: string, key: string): Promise<unknown> {
    const path = this.#path(kind, key);
    try {
      const value = await readEntry(path, { kind, key });
      if (value !== undefined) await this.#touch(path);
      return value;
    } catch (error) {
      this.#say(`a kept result is computed again: ${describeError(error)}`);
      if (isDamage(error)) await removeEntry(path).catch(() => undefined); // put says where nothing can be written
      return undefined;
    }
  }

  async put(kind: string, key: string, value: unknown): Promise<void> {
    const path = this.#path(kind, key);
    const pieces = encodeEntry({ kind, key }, value);
    const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
    if (bytes > this.#maxBytes) return this.#say(`a result of kind "${kind}" is not kept: it has ${bytes} bytes, the cache holds at most ${this.#maxBytes}`);
    await writeEntry(this.#folder, path, pieces);
    await this.#touch(path);
    await keepWithin(this.#folder, this.#maxBytes, this.#clock.now());
  }

  async getOrCompute<Value>(kind: string, key: string, compute: () => Promise<Value> | Value): Promise<Value> {
    const path = this.#path(kind, key);
    let result = this.#underWay.get(path);
    if (result === undefined) {
      result = this.#getOrCompute(kind, key, compute).finally(() => this.#underWay.delete(path));
      this.#underWay.set(path, result);
    }
    return result as Promise<Value>;
  }

  async #getOrCompute<Value>(kind: string, key: string, compute: () => Promise<Value> | Value): Promise<Value> {
    const kept = await this.get(kind, key);
    if (kept !== undefined) return kept as Value;
    const value = await compute();
    try {
      await this.put(kind, key, value);
    } catch (error) {
      if (error instanceof InvariantError) throw error;
      this.#say(`a result of kind "${kind}" is not kept: ${describeError(error)}`);
    }
    return value;
  }

  /** Says when an entry was used, for the choice of what goes. */
  async #touch(path: string): Promise<void> {
    const seconds = this.#clock.now() / 1000;
    await utimes(path, seconds, seconds).catch(() => undefined); // another process may have removed it
  }

  #path(kind: string, key: string): string {
    if (!KIND.test(kind)) throw new InvariantError(`expected a kind of results in kebab-case, found ${JSON.stringify(kind)}`, { code: 'BAD_KIND', fields: { kind } });
    if (!KEY.test(key)) throw new InvariantError(`expected the key of a result as 8 to 64 hexadecimal digits, found ${JSON.stringify(key)}`, { code: 'BAD_CACHE_KEY', fields: { key } });
    return join(this.#folder, kind, key, ENTRY_FILE);
  }
}
