import { fromEpochDay, type EpochDay } from '../../../src/core/dates.js';
import type { VintageRow, Vintages } from '../../../src/table/vintages.js';

/** The rows of vintages that were known at the decision time of a session. */
export function knownRows({ knownFrom, period, value }: Vintages, session: EpochDay): VintageRow[] {
  return Array.from(knownFrom, (from, i) => ({ knownFrom: from, period: period[i], value: value[i] })).filter((row) => row.knownFrom <= session);
}

/**
 * Where two states of the same data disagree about what was known at a session: the prefix law, as findings.
 *
 * Read the store through the session, or keep what was read that evening (`then`), and compare with what it says today
 * (`now`). A figure overwritten by its restatement, a value filed under an earlier date, and a series without its lag all
 * show as rows that one of them has and the other has not.
 *
 * @returns one text a row that only one of them knows; empty when the past is what it was
 */
export function changedPast(then: Vintages, now: Vintages, session: EpochDay): string[] {
  const text = (row: VintageRow): string => `${row.value} for ${fromEpochDay(row.period)} known from ${fromEpochDay(row.knownFrom)}`;
  const [before, after] = [then, now].map((one) => new Set(knownRows(one, session).map(text)));
  return [...[...before].filter((row) => !after.has(row)).map((row) => `gone: ${row}`), ...[...after].filter((row) => !before.has(row)).map((row) => `new: ${row}`)];
}
