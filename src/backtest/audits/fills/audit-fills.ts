import type { IsoDate } from '../../../core/dates.js';
import type { Book, Fill } from '../../../portfolio/book.js';
import type { DatedAction } from '../../../strategy/dated-action.js';
import type { Panel } from '../../../table/panel.js';
import { checkOf, counted, valueText, type AuditCheck, type AuditFinding } from '../audit-report.js';
import { compareRecords, type AuditRecord } from '../compare-records.js';
import { fillProblem } from './fill-problem.js';

/** One step of an engine: from the book after one decision to the session of the next. */
export interface TradingStep {
  /** Session that the step ends with. */
  readonly session: IsoDate;
  /** Book as the step found it, with the orders decided before. */
  readonly before: Book;
  readonly fills: readonly Fill[];
}

/** What an engine traded, and the prices that it had. */
export interface FillsSubject {
  readonly steps: readonly TradingStep[];
  /** Columns quotedOpen, quotedHigh, quotedLow, quotedClose [symbol, session]; sessions after a step may be there. */
  readonly bars: Panel;
  /** Splits by instrument; empty for prices that are adjusted for them. */
  readonly actions: ReadonlyMap<string, readonly DatedAction[]>;
  /** The step taken again by the engine with nothing after its session at hand; not asked when absent. */
  readonly again?: (step: TradingStep) => readonly Fill[] | Promise<readonly Fill[]>;
}

/**
 * Whether every fill could have been had: decided at an earlier close, at a price of its own session by the rules of its order,
 * and the same when the engine has nothing after that session.
 */
export async function auditFills({ steps, bars, actions, again }: FillsSubject): Promise<AuditCheck> {
  const problems = new Map<string, AuditFinding[]>();
  const add = (finding: AuditFinding): void => void problems.set(finding.code, [...(problems.get(finding.code) ?? []), finding]);
  for (const step of steps) {
    for (const fill of step.fills) {
      const problem = fillProblem(fill, { before: step.before, session: step.session, bars, actions });
      if (problem !== null) add({ ...problem, subject: fill.reason, symbol: fill.symbol, session: fill.session, differences: 1, message: `${fill.shares} ${fill.symbol} ${fill.side === 'buy' ? 'bought' : 'sold'} (${fill.reason}) on ${fill.session}: ${problem.words}` });
    }
    const other = again === undefined ? null : differing(step, await again(step));
    if (other !== null) add(other);
  }
  const fills = steps.reduce((sum, step) => sum + step.fills.length, 0);
  const describe = `${counted(fills, 'fill')} of ${counted(steps.length, 'session')} held to orders, opens and ranges${again === undefined ? '' : ', and made again with nothing after their session'}`;
  return checkOf({ name: 'fills', describe, compared: fills, findings: [...problems.values()].map(together) });
}

/** The first of several alike, which tells of the others. */
function together(alike: readonly AuditFinding[]): AuditFinding {
  const [first] = alike;
  const differences = alike.reduce((sum, one) => sum + one.differences, 0);
  return { ...first, differences, message: differences === 1 ? first.message : `${first.message}; ${counted(differences, 'fill')} of this kind` };
}

function differing(step: TradingStep, again: readonly Fill[]): AuditFinding | null {
  const { differences } = compareRecords(fillRecords(again), fillRecords(step.fills));
  const [first] = differences;
  if (first === undefined) return null;
  const fills = new Set(differences.map(({ session, symbol, field }) => `${session} ${symbol} ${field.split(' ', 1)[0]}`)).size;
  const message = `${first.field} of ${first.symbol} on ${first.session} is ${valueText(first.found)} with later sessions there, ${valueText(first.expected)} with nothing after ${step.session}: the engine reads bars that were still to come`;
  return { code: 'fill-needs-later-bars', subject: first.field, symbol: first.symbol, session: first.session, expected: first.expected, found: first.found, differences: fills, message };
}

/** Fills as answers that can be compared. */
export function fillRecords(fills: readonly Fill[]): AuditRecord[] {
  return fills.flatMap(({ symbol, session, side, reason, shares, price, reference, costs }) => [
    { session, symbol, field: `${reason} ${side} shares`, value: shares },
    { session, symbol, field: `${reason} ${side} price`, value: price },
    { session, symbol, field: `${reason} ${side} reference`, value: reference },
    { session, symbol, field: `${reason} ${side} costs`, value: costs },
  ]);
}
