import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

import { mapConcurrent } from '../../core/async.js';
import { type ColumnValues, Panel } from '../../table/panel.js';
import { aligned, damagedEntry, decodeHeader, decodePrefix, PREFIX_BYTES, valueBytes, type EntryHeader, type PanelShape, type Segment } from './entry-format.js';
import type { EntryName } from './write-entry.js';

/** Reads under way at a time; meanwhile this thread checks what has been read. */
const READS = 4;
/** The engine reads less than 2 GiB at once. */
const LONGEST_READ = 2 ** 30;

/**
 * The value of an entry; `undefined` when there is none. All columns of a panel lie in one buffer.
 * @throws DataError `DAMAGED_ENTRY` naming the file
 */
export async function readEntry(path: string, name: EntryName): Promise<unknown> {
  const handle = await openIfThere(path);
  if (handle === null) return undefined;
  try {
    const { size } = await handle.stat();
    const { header, start } = await readHeader(handle, path, size);
    if (header.kind !== name.kind || header.key !== name.key) throw damagedEntry(path, `the result ${header.kind}/${header.key}`);
    if (size !== start + valueBytes(header.segments)) throw damagedEntry(path, `${size} bytes where ${start + valueBytes(header.segments)} were written`);
    const buffer = new ArrayBuffer(size - start);
    await mapConcurrent(header.segments, { concurrency: READS }, (segment) => readSegment(handle, path, { buffer, start, segment }));
    return decode(header, buffer);
  } finally {
    await handle.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function readHeader(handle: FileHandle, path: string, size: number): Promise<{ header: EntryHeader; start: number }> {
  if (size < PREFIX_BYTES) throw damagedEntry(path, `${size} bytes`);
  const prefix = new Uint8Array(PREFIX_BYTES);
  await readWhole(handle, prefix, 0, path);
  const { headerBytes, headerCrc32 } = decodePrefix(prefix, path);
  if (PREFIX_BYTES + headerBytes > size) throw damagedEntry(path, `${size} bytes, fewer than its header has`);
  const text = new Uint8Array(headerBytes);
  await readWhole(handle, text, PREFIX_BYTES, path);
  return { header: decodeHeader(text, headerCrc32, path), start: aligned(PREFIX_BYTES + headerBytes) };
}

interface Place {
  readonly buffer: ArrayBuffer;
  /** Where in the file the values begin. */
  readonly start: number;
  readonly segment: Segment;
}

async function readSegment(handle: FileHandle, path: string, { buffer, start, segment }: Place): Promise<void> {
  const bytes = new Uint8Array(buffer, segment.offset, segment.bytes);
  await readWhole(handle, bytes, start + segment.offset, path);
  if (crc32(bytes) !== segment.crc32) throw damagedEntry(path, `values that have changed, in the ${segment.bytes} bytes from ${start + segment.offset} on`);
}

async function readWhole(handle: FileHandle, into: Uint8Array, from: number, path: string): Promise<void> {
  for (let done = 0; done < into.byteLength; ) {
    const { bytesRead } = await handle.read(into, done, Math.min(into.byteLength - done, LONGEST_READ), from + done);
    if (bytesRead === 0) throw damagedEntry(path, 'its end too early');
    done += bytesRead;
  }
}

function decode(header: EntryHeader, buffer: ArrayBuffer): unknown {
  if (header.value.type === 'panel') return decodePanel(header.value, header.segments, buffer);
  return JSON.parse(Buffer.from(buffer).toString('utf8')) as unknown;
}

function decodePanel({ symbols, columns }: PanelShape, [sessions, ...segments]: readonly Segment[], buffer: ArrayBuffer): Panel {
  const values = columns.map(({ name, type }, at): [string, ColumnValues] => {
    const { offset, bytes } = segments[at];
    return [name, type === 'float32' ? new Float32Array(buffer, offset, bytes / 4) : new Float64Array(buffer, offset, bytes / 8)];
  });
  return new Panel({ symbols, sessions: new Int32Array(buffer, sessions.offset, sessions.bytes / 4), columns: Object.fromEntries(values) });
}
