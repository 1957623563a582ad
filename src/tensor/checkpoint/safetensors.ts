import { DataError, InvariantError } from '../../core/errors.js';

/** Values of a tensor as they stand in a file. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Free text by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const METADATA = '__metadata__';
const RESERVED = [METADATA, '__proto__'];
const DTYPES: Readonly<Record<string, Float32ArrayConstructor | Int32ArrayConstructor>> = { F32: Float32Array, I32: Int32Array };

/**
 * Bytes of a file in the format safetensors (Hugging Face, version 0.4): length of the header in eight bytes, a JSON header, the values one
 * after the other. Any tool that reads it, in Python for instance, sees the same names, shapes and numbers. Single precision and int32.
 */
export function encodeSafetensors({ tensors, metadata }: Safetensors): Uint8Array {
  const header: Record<string, HeaderEntry | Readonly<Record<string, string>>> = { [METADATA]: metadata };
  let size = 0;
  for (const [name, { shape, values }] of tensors) {
    if (RESERVED.includes(name)) throw new InvariantError(`expected another name for a tensor, found "${name}", which the format or its readers take for something else`);
    header[name] = { dtype: values instanceof Int32Array ? 'I32' : 'F32', shape, data_offsets: [size, size + values.byteLength] };
    size += values.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / 8) * 8; // values start at a multiple of eight
  const bytes = new Uint8Array(8 + length + size).fill(0x20, 8 + text.length, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  let at = 8 + length;
  for (const { values } of tensors.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

/** Tensors and metadata of such a file. Throws `DataError` `BAD_SAFETENSORS`, naming the file and what is wrong with it. */
export function decodeSafetensors(bytes: Uint8Array, file: string): Safetensors {
  const header = headerOf(bytes, file);
  const { [METADATA]: metadata = {}, ...entries } = header.entries;
  if (!isObject(metadata) || Object.values(metadata).some((text) => typeof text !== 'string')) throw bad(file, 'texts as metadata', JSON.stringify(metadata).slice(0, 40));
  const data = bytes.subarray(header.end);
  const tensors = new Map<string, StoredTensor>();
  const spans: (readonly [number, number])[] = [];
  for (const [name, entry] of Object.entries(entries)) {
    if (!isObject(entry)) throw bad(file, `an entry of dtype, shape and offsets for "${name}"`, JSON.stringify(entry).slice(0, 40));
    const found = entry as Partial<HeaderEntry>;
    tensors.set(name, tensorOf(name, found, data, file));
    spans.push(found.data_offsets as readonly [number, number]);
  }
  let end = 0;
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (from !== end) throw bad(file, `values one after the other, the next at ${end}`, `${from}`);
    end = to;
  }
  if (end !== data.length) throw bad(file, `${end} bytes of values`, `${data.length}`);
  return { tensors, metadata: metadata as Readonly<Record<string, string>> };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function headerOf(bytes: Uint8Array, file: string): { readonly entries: Record<string, unknown>; readonly end: number } {
  const length = bytes.length < 8 ? -1 : Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length < 2 || 8 + length > bytes.length) throw bad(file, 'a header after its length in eight bytes', `a length of ${length} in ${bytes.length} bytes`);
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  try {
    const entries = JSON.parse(text) as unknown;
    if (isObject(entries)) return { entries, end: 8 + length };
  } catch {
    // told below, as anything else that is no object
  }
  throw bad(file, 'a JSON object as its header', `"${text.slice(0, 40)}"`);
}

function tensorOf(name: string, { dtype, shape, data_offsets: offsets }: Partial<HeaderEntry>, data: Uint8Array, file: string): StoredTensor {
  const Values = DTYPES[dtype ?? ''];
  if (!Values) throw bad(file, `single precision (F32) or int32 (I32) in "${name}"`, `"${dtype}"`);
  const counts = (Array.isArray(shape) ? shape : [Number.NaN]) as readonly number[];
  const size = counts.every((count) => Number.isInteger(count) && count >= 0) ? counts.reduce((product, count) => product * count, 1) : Number.NaN;
  const [from, to] = (Array.isArray(offsets) ? offsets : [Number.NaN, Number.NaN]) as readonly [number, number];
  if (!(from >= 0 && to <= data.length && to - from === size * 4)) throw bad(file, `the bytes of a tensor [${String(shape)}] for "${name}"`, `offsets ${from} to ${to} of ${data.length}`);
  return { shape: counts, values: new Values(new Uint8Array(data.subarray(from, to)).buffer) };
}

const bad = (file: string, expected: string, found: string): DataError => new DataError(`expected ${expected} in ${file}, found ${found}`, { code: 'BAD_SAFETENSORS', fields: { file } });
