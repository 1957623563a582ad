import { sameBits } from '../../features/laws/breach.js';
import type { IsoDate } from '../../core/dates.js';
import { auditValue, type AuditValue } from './audit-report.js';

/** One answer that is compared: the weight of a target, the price of a fill. */
export interface AuditRecord {
  readonly session: IsoDate;
  /** What it is about: an instrument, or `book`. */
  readonly symbol: string;
  readonly field: string;
  readonly value: AuditValue;
}

export interface RecordDifference {
  readonly session: IsoDate;
  readonly symbol: string;
  readonly field: string;
  readonly expected: AuditValue;
  readonly found: AuditValue;
}

export interface RecordComparison {
  readonly compared: number;
  /** By session, then in the order of what was expected. */
  readonly differences: readonly RecordDifference[];
}

/** Two lists of answers by session, name and field; one that only one of them has is missing in the other. */
export function compareRecords(expected: readonly AuditRecord[], found: readonly AuditRecord[], same: (a: number, b: number) => boolean = sameBits): RecordComparison {
  const [a, b] = [byKey(expected), byKey(found)];
  const keys = [...new Set([...a.keys(), ...b.keys()])];
  const differences = keys.flatMap((key): RecordDifference[] => {
    const [x, y] = [a.get(key), b.get(key)];
    if (isSame(x?.value ?? null, y?.value ?? null, same)) return [];
    const { session, symbol, field } = (x ?? y)!;
    return [{ session, symbol, field, expected: x?.value ?? null, found: y?.value ?? null }];
  });
  return { compared: keys.length, differences: differences.sort((x, y) => (x.session < y.session ? -1 : x.session > y.session ? 1 : 0)) };
}

function isSame(a: AuditValue, b: AuditValue, same: (a: number, b: number) => boolean): boolean {
  const [x, y] = [typeof a === 'number' ? auditValue(a) : a, typeof b === 'number' ? auditValue(b) : b];
  return typeof x === 'number' && typeof y === 'number' ? same(x, y) : x === y;
}

/** Answers by what they are of; a second one of the same has its number in the key. */
function byKey(records: readonly AuditRecord[]): Map<string, AuditRecord> {
  const found = new Map<string, AuditRecord>();
  for (const record of records) {
    const key = `${record.session}\n${record.symbol}\n${record.field}`;
    let free = key;
    for (let n = 2; found.has(free); n++) free = `${key}\n${n}`;
    found.set(free, record);
  }
  return found;
}
