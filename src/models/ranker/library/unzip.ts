import { inflateRawSync } from 'node:zlib';

import { DataError } from '../../../core/errors.js';

const END_OF_DIRECTORY = 0x06054b50;
const END_LENGTH = 22;
const ENTRY = 0x02014b50;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  readonly name: string;
  readonly method: number;
  /** Bytes as they lie in the archive. */
  readonly length: number;
  readonly offset: number;
}

/**
 * One file of a zip archive, stored or deflated (PKWARE's APPNOTE 6.3, without encryption and Zip64).
 * @throws DataError `BAD_ARCHIVE`
 */
export function unzip(archive: Uint8Array, member: string): Uint8Array {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  try {
    for (const entry of entries(bytes)) if (entry.name === member) return content(bytes, entry);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw bad(`found one of ${bytes.length} bytes that ends too early or is damaged`, member, cause); // reading past the end, inflating
  }
  throw bad('found none', member);
}

function* entries(bytes: Buffer): Generator<Entry, void, void> {
  const end = endOfDirectory(bytes);
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new RangeError('no entry where the directory names one');
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength);
    yield { name, method: bytes.readUInt16LE(at + 10), length: bytes.readUInt32LE(at + 20), offset: bytes.readUInt32LE(at + 42) };
    at += ENTRY_LENGTH + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

function endOfDirectory(bytes: Buffer): number {
  // A comment may follow, so it is sought from the back.
  for (let at = bytes.length - END_LENGTH; at >= 0; at--) if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  throw new RangeError('no end of the directory');
}

function content(bytes: Buffer, { name, method, length, offset }: Entry): Uint8Array {
  const start = offset + LOCAL_LENGTH + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + length > bytes.length) throw new RangeError('content past the end');
  const packed = bytes.subarray(start, start + length);
  if (method === STORED) return packed;
  if (method === DEFLATED) return inflateRawSync(packed);
  throw bad(`found it packed by method ${method}`, name);
}

function bad(found: string, member: string, cause?: unknown): DataError {
  return new DataError(`expected a zip archive with "${member}", ${found}`, { code: 'BAD_ARCHIVE', fields: { member }, cause });
}
