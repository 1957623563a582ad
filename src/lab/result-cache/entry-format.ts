import { crc32 } from 'node:zlib';

import { DataError } from '../../core/errors.js';
import type { ColumnType } from '../../table/panel.js';

/**
 * An entry is one file: a prefix of four numbers (mark, version, length and CRC-32 of the header), the header as JSON, and
 * from the next multiple of eight bytes on the values, each segment aligned to eight bytes so that arrays lie over it.
 *
 * Damage (a disk at its end, a power cut, a lost block) is found by CRC-32, which costs half of what SHA-256 does on a
 * processor with instructions for that and far less on others; nobody is kept from writing false values on purpose.
 */
export interface EntryHeader {
  readonly kind: string;
  readonly key: string;
  readonly value: JsonShape | PanelShape;
  /** JSON: its text. Panel: its sessions, then each column. */
  readonly segments: readonly Segment[];
}

export interface JsonShape {
  readonly type: 'json';
}

export interface PanelShape {
  readonly type: 'panel';
  readonly symbols: readonly string[];
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
}

export interface Segment {
  /** From the start of the values. */
  readonly offset: number;
  readonly bytes: number;
  readonly crc32: number;
}

/** "swlc", as this machine orders bytes: a file from one that orders them otherwise counts as damaged. */
const MARK = 0x636c7773;
const VERSION = 1;
export const PREFIX_BYTES = 16;
const ALIGNMENT = 8;

/** The next multiple of eight. */
export const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Lays segments out one behind the other. */
export function layOut(parts: readonly Uint8Array[]): Segment[] {
  let offset = 0;
  return parts.map((part) => {
    const segment = { offset, bytes: part.byteLength, crc32: crc32(part) };
    offset = aligned(offset + part.byteLength);
    return segment;
  });
}

/** Bytes of all values with the gaps between them. */
export function valueBytes(segments: readonly Segment[]): number {
  const last = segments.at(-1);
  return last === undefined ? 0 : last.offset + last.bytes;
}

/** Prefix and header, filled up to where the values begin. */
export function encodeHeader(header: EntryHeader): Uint8Array {
  const text = Buffer.from(JSON.stringify(header));
  const bytes = new Uint8Array(aligned(PREFIX_BYTES + text.byteLength));
  bytes.set(new Uint8Array(Uint32Array.of(MARK, VERSION, text.byteLength, crc32(text)).buffer));
  bytes.set(text, PREFIX_BYTES);
  return bytes;
}

/**
 * What a prefix says of the header.
 * @throws DataError `DAMAGED_ENTRY`
 */
export function decodePrefix(bytes: Uint8Array, path: string): { readonly headerBytes: number; readonly headerCrc32: number } {
  const [mark, version, headerBytes, headerCrc32] = new Uint32Array(bytes.slice(0, PREFIX_BYTES).buffer);
  if (mark !== MARK || version !== VERSION) throw damagedEntry(path, 'what no entry begins with');
  return { headerBytes, headerCrc32 };
}

/** @throws DataError `DAMAGED_ENTRY` */
export function decodeHeader(bytes: Uint8Array, expectedCrc32: number, path: string): EntryHeader {
  if (crc32(bytes) !== expectedCrc32) throw damagedEntry(path, 'a header that has changed');
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as EntryHeader;
}

/** The error of an entry that is not what was written. */
export function damagedEntry(path: string, found: string): DataError {
  return new DataError(`expected a kept result in "${path}", found ${found}`, { code: 'DAMAGED_ENTRY', fields: { path } });
}
