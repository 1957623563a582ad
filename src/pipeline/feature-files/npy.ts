import { open, type FileHandle } from 'node:fs/promises';
import { endianness } from 'node:os';

import { DataError, InvariantError } from '../../core/errors.js';

const BYTES = Float32Array.BYTES_PER_ELEMENT;
/** Headers are padded so that values begin at a multiple of this, as NumPy does for memory maps. */
const ALIGNMENT = 64;

/**
 * A file in NumPy's format (version 1.0, little-endian Float32, C order), written in any order of its blocks.
 *
 * Python opens it with `numpy.load(path, mmap_mode="r")`.
 * @see Kern (2007), NEP 1: a simple file format for NumPy arrays
 */
export class NpyWriter {
  readonly #handle: FileHandle;
  readonly #offset: number;
  readonly #path: string;

  private constructor(handle: FileHandle, offset: number, path: string) {
    this.#handle = handle;
    this.#offset = offset;
    this.#path = path;
  }

  /** @throws DataError `WRITE_FAILED` */
  static async create(path: string, shape: readonly number[]): Promise<NpyWriter> {
    requireLittleEndian();
    const header = npyHeader(shape);
    const handle = await failing(path, open(path, 'wx'));
    await failing(path, handle.writev([header], 0));
    return new NpyWriter(handle, header.length, path);
  }

  /** Values from a position in the array, counted in values. */
  async write(position: number, values: Float32Array): Promise<void> {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    let written = 0;
    while (written < bytes.length) written += (await failing(this.#path, this.#handle.write(bytes, written, bytes.length - written, this.#offset + position * BYTES + written))).bytesWritten;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Blocks of such a file. */
export class NpyReader {
  readonly #handle: FileHandle;
  readonly #offset: number;
  readonly #path: string;

  private constructor(handle: FileHandle, offset: number, path: string) {
    this.#handle = handle;
    this.#offset = offset;
    this.#path = path;
  }

  /** @throws DataError when the file is not there, or not an array of this shape */
  static async open(path: string, shape: readonly number[]): Promise<NpyReader> {
    requireLittleEndian();
    const header = npyHeader(shape);
    const size = header.length + shape.reduce((product, length) => product * length, BYTES);
    const handle = await open(path, 'r').catch((cause: unknown) => {
      throw new DataError(`expected computed features in "${path}", found no readable file; compute them again`, { code: 'UNREADABLE_FILE', fields: { path }, cause });
    });
    const found = Buffer.alloc(header.length);
    await handle.read(found, 0, found.length, 0);
    const { size: actual } = await handle.stat();
    if (found.equals(header) && actual === size) return new NpyReader(handle, header.length, path);
    await handle.close();
    throw new DataError(`expected computed features in "${path}", an array of ${shape.join(' × ')} values in ${size} bytes, found ${actual} bytes that are not; compute them again`, { code: 'DAMAGED_FILE', fields: { path } });
  }

  /** Fills the target with values from a position in the array, counted in values. */
  async read(position: number, target: Float32Array): Promise<void> {
    const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
    let read = 0;
    while (read < bytes.length) {
      const { bytesRead } = await this.#handle.read(bytes, read, bytes.length - read, this.#offset + position * BYTES + read);
      if (bytesRead === 0) throw new DataError(`expected ${bytes.length - read} more bytes, found the end of "${this.#path}"`, { code: 'DAMAGED_FILE', fields: { path: this.#path } });
      read += bytesRead;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Magic, version, length and the description that Python reads. */
export function npyHeader(shape: readonly number[]): Buffer {
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const unpadded = 10 + description.length + 1;
  const padding = (ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT;
  const text = `${description}${' '.repeat(padding)}\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  return Buffer.concat([Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]), length, Buffer.from(text, 'latin1')]);
}

function requireLittleEndian(): void {
  if (endianness() !== 'LE') throw new InvariantError('expected a little-endian machine, on which typed arrays lie as the file has them, found a big-endian one');
}

async function failing<Value>(path: string, work: Promise<Value>): Promise<Value> {
  return work.catch((cause: unknown) => {
    throw new DataError(`expected room to write "${path}", but it failed: ${cause instanceof Error ? cause.message : String(cause)}`, { code: 'WRITE_FAILED', fields: { path }, cause });
  });
}
