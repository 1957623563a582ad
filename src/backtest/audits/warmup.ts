import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import type { EventStream } from '../../core/events.js';
import { createRng } from '../../core/rng.js';
import type { Panel } from '../../table/panel.js';
import { AuditReport, auditValue, checkOf, counted, valueText, type AuditCheck, type AuditEvent, type AuditFinding } from './audit-report.js';
import { runSteps } from './audit-steps.js';
import { comparePanels, type ColumnDifference } from './compare-panels.js';
import { drawSessions } from './draw-sessions.js';

/** A table that is computed on all of history, and again on history that begins later. */
export interface WarmupTable {
  readonly name: string;
  /** Columns [symbol, session], of the sessions from position `start` on. */
  compute(start: number): Panel | Promise<Panel>;
  /** Sessions before the first one that may have a value in a column, counted from where history begins. */
  emptyFor(column: string): number;
  /** Sessions after which a column no longer depends on what lies before the beginning; `emptyFor` when absent. */
  needs?(column: string): number;
  /** Positions at which history may be made to begin. */
  readonly starts: Int32Array;
  readonly same?: (a: number, b: number) => boolean;
}

export interface WarmupSubject {
  readonly describe: string;
  /** Epoch days of all of history. */
  readonly sessions: Int32Array;
  readonly tables: readonly WarmupTable[];
  /** Questions that are not asked of tables. */
  readonly besides?: readonly { readonly describe: string; run(): AuditCheck | Promise<AuditCheck> }[];
}

export interface WarmupSettings {
  readonly seed: number;
  /** Beginnings tried, drawn at random. */
  readonly cuts: number;
}

/**
 * Whether everything says how much history it needs: nothing where history is shorter, never made up, and from there on the same
 * bits whether older history exists or not.
 */
export async function* auditWarmup({ describe, sessions, tables, besides = [] }: WarmupSubject, { seed, cuts }: WarmupSettings): EventStream<AuditEvent, AuditReport> {
  const rng = createRng(seed).fork('audit/warmup');
  const asked = tables.map((table) => new WarmupAnswers(table, sessions));
  const checks: AuditCheck[] = [];
  const steps = asked.flatMap((one) => drawSessions(one.table.starts, cuts, rng.fork(one.table.name)).map((start) => ({ describe: `${one.table.name} with history from ${fromEpochDay(sessions[start])}`, run: () => one.ask(start) })));
  const others = besides.map((one) => ({ describe: one.describe, run: async () => void checks.push(await one.run()) }));
  yield* runSteps([...steps, ...others]);
  const day = (at: number): IsoDate | null => (sessions.length === 0 ? null : fromEpochDay(sessions.at(at)!));
  return new AuditReport({ audit: 'warmup', subject: describe, first: day(0), last: day(-1), seed, checks: [...asked.map((one) => one.check()), ...checks] });
}

class WarmupAnswers {
  readonly table: WarmupTable;
  readonly #sessions: Int32Array;
  readonly #findings = new Map<string, AuditFinding>();
  readonly #starts: IsoDate[] = [];
  /** Sessions before the first value of each column, the least seen. */
  readonly #empty = new Map<string, number>();
  #whole: Panel | null = null;
  #compared = 0;

  constructor(table: WarmupTable, sessions: Int32Array) {
    this.table = table;
    this.#sessions = sessions;
  }

  async ask(start: number): Promise<void> {
    const { table } = this;
    this.#whole ??= await table.compute(0);
    const part = await table.compute(start);
    const begin = fromEpochDay(this.#sessions[start]);
    this.#starts.push(begin);
    for (const column of part.columnNames) this.#early(part, column, begin);
    const needs = (column: string): number => (table.needs ?? table.emptyFor).call(table, column);
    const { compared, differences } = comparePanels(this.#whole, part, { from: needs, ...(table.same ? { same: table.same } : {}) });
    this.#compared += compared;
    for (const difference of differences) this.#late(difference, begin, needs(difference.column));
  }

  /** Values where there is too little history for any. */
  #early(part: Panel, column: string, begin: IsoDate): void {
    const width = part.sessions.length;
    const empty = Math.min(this.table.emptyFor(column), width);
    const values = part.column(column);
    let [count, first] = [0, width];
    for (let at = 0; at < values.length; at++) {
      if (Number.isNaN(values[at])) continue;
      const t = at % width;
      if (t < empty) count++;
      if (t < first) first = t;
    }
    this.#compared += empty * part.symbols.length;
    this.#empty.set(column, Math.min(first, this.#empty.get(column) ?? width));
    if (count === 0) return;
    const row = part.symbols.findIndex((_, at) => !Number.isNaN(values[at * width + first]));
    const [symbol, session, found] = [part.symbols[row], fromEpochDay(part.sessions[first]), values[row * width + first]];
    const message = `${this.table.name} "${column}" of ${symbol} on ${session} is ${valueText(found)} with history that begins ${begin}, ${counted(first, 'session')} before, and it says that it needs ${counted(empty, 'session')}; ${counted(count, 'value')} are made up from too little, or the lookback is declared too long`;
    this.#add({ code: 'value-without-history', subject: column, symbol, session, expected: null, found: auditValue(found), differences: count, message });
  }

  #late({ column, symbol, session, whole, part, count }: ColumnDifference, begin: IsoDate, needs: number): void {
    const day = fromEpochDay(session);
    const message = `${this.table.name} "${column}" of ${symbol} on ${day} is ${valueText(whole)} with all of history, ${valueText(part)} with history that begins ${begin}; ${counted(count, 'value')} differ after the ${counted(needs, 'session')} that it says it needs: it reads further back than it declares`;
    this.#add({ code: 'reads-before-its-lookback', subject: column, symbol, session: day, expected: auditValue(whole), found: auditValue(part), differences: count, message });
  }

  #add(finding: AuditFinding): void {
    const key = `${finding.code} ${finding.subject}`;
    const before = this.#findings.get(key);
    this.#findings.set(key, before === undefined ? finding : { ...before, differences: before.differences + finding.differences });
  }

  check(): AuditCheck {
    const { table } = this;
    const describe = `computed again with history from ${this.#starts.join(', ') || 'no session'}`;
    const longest = [...this.#empty].map(([column, first]) => ({ column, first, says: table.emptyFor(column) })).sort((a, b) => b.says - a.says).slice(0, 3);
    const notes = longest.length === 0 ? [] : [`longest: ${longest.map(({ column, says, first }) => `${column} says ${counted(says, 'session')}, first value after ${first}`).join('; ')}`];
    return checkOf({ name: table.name, describe, compared: this.#compared, findings: [...this.#findings.values()], notes });
  }
}
