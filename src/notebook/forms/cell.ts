const MAX_TEXT = 200;

/** A value of any kind as a cell of a table: text and numbers as they are, missing as `null`, the rest as JSON. */
export function cellOf(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : (JSON.stringify(value, plain) ?? String(value));
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

/** JSON has no bigint, and would write a typed array as an object. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as unknown as ArrayLike<unknown>) : value;
}
