import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { DataError, InvariantError } from './errors.js';

/** SHA-256 of text (as UTF-8) or bytes, in lower-case hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** SHA-256 of parts one after the other, each with its length, so that what belongs to which part counts. */
export function hashParts(parts: Iterable<string | ArrayBufferView>): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const length = typeof part === 'string' ? Buffer.byteLength(part) : part.byteLength;
    hash.update(`${length}:`).update(typeof part === 'string' ? part : new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  return hash.digest('hex');
}

/**
 * SHA-256 of a file's bytes, read piece by piece.
 * @throws DataError `UNREADABLE_FILE`
 */
export async function hashFile(path: string, options: { readonly signal?: AbortSignal } = {}): Promise<string> {
  const { signal } = options;
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash, signal === undefined ? {} : { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new DataError(`expected a readable file, found "${path}", which cannot be read`, { code: 'UNREADABLE_FILE', fields: { path }, cause });
  }
  return hash.digest('hex');
}

/**
 * One text for each value, whatever the order of its keys: JSON without spaces, keys sorted by code unit.
 *
 * Fields that are undefined are left out. What JSON cannot hold (NaN, Infinity, undefined elsewhere, functions, bigint,
 * symbols, objects with a class such as Date or Map, cycles) is an error, so that two different values never share a text.
 * @throws InvariantError `NOT_JSON`, naming the path
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', []);
}

/** SHA-256 of the canonical JSON. */
export function hashJson(value: unknown): string {
  return sha256(canonicalJson(value));
}

function write(value: unknown, path: string, parents: readonly object[]): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value !== 'object') throw notJson(typeof value === 'function' ? 'a function' : String(value), path);
  if (parents.includes(value)) throw notJson('a reference to an object that contains it', path);
  const inside = [...parents, value];
  if (Array.isArray(value)) {
    // Array.from visits the holes too, which map would skip.
    return `[${Array.from(value, (item, index) => write(item, `${path}[${index}]`, inside)).join(',')}]`;
  }
  if (!isPlain(value)) throw notJson(`an object of class ${value.constructor?.name ?? 'unknown'}`, path);
  return `{${fields(value, path, inside).join(',')}}`;
}

function fields(value: Readonly<Record<string, unknown>>, path: string, parents: readonly object[]): string[] {
  const keys = Object.keys(value).filter((key) => value[key] !== undefined).sort();
  return keys.map((key) => `${JSON.stringify(key)}:${write(value[key], `${path}.${key}`, parents)}`);
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function notJson(found: string, path: string): InvariantError {
  return new InvariantError(`expected a value that JSON can hold, found ${found} at ${path}`, { code: 'NOT_JSON', fields: { found, path } });
}
