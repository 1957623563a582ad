import type { IsoDate } from '../../core/dates.js';
import { AuditReport, checkOf, counted, valueText, type AuditCheck } from './audit-report.js';
import { compareRecords, type AuditRecord } from './compare-records.js';

/** The same sessions by the evening's run and by the backtest. */
export interface DailyAnswers {
  /** `decisions`, `orders`, `fills`, `book`. */
  readonly name: string;
  readonly daily: readonly AuditRecord[];
  readonly backtest: readonly AuditRecord[];
  readonly same?: (a: number, b: number) => boolean;
}

export interface DailySubject {
  readonly describe: string;
  readonly sessions: readonly IsoDate[];
  readonly answers: readonly DailyAnswers[];
  readonly besides?: readonly AuditCheck[];
}

/** Whether evening after evening decides, orders and trades what the backtest does over the same sessions. */
export function auditDaily({ describe, sessions, answers, besides = [] }: DailySubject, { seed }: { readonly seed: number }): AuditReport {
  return new AuditReport({ audit: 'daily', subject: describe, first: sessions[0] ?? null, last: sessions.at(-1) ?? null, seed, checks: [...answers.map((one) => compared(one, sessions.length)), ...besides] });
}

function compared({ name, daily, backtest, same }: DailyAnswers, sessions: number): AuditCheck {
  const { compared: count, differences } = compareRecords(backtest, daily, same);
  const describe = `of ${counted(sessions, 'evening')} by the evening's run, against the backtest over the same sessions`;
  const [first] = differences;
  if (first === undefined) return checkOf({ name, describe, compared: count, findings: [] });
  const { session, symbol, field, expected, found } = first;
  const days = new Set(differences.map((one) => one.session)).size;
  const message = `${field} of ${symbol} on ${session} is ${valueText(found)} by the evening's run, ${valueText(expected)} by the backtest; ${counted(differences.length, 'answer')} of ${counted(count, 'answer')} differ, on ${counted(days, 'evening')} of ${sessions}`;
  return checkOf({ name, describe, compared: count, findings: [{ code: 'daily-is-not-backtest', subject: field, symbol, session, expected, found, differences: differences.length, message }] });
}
