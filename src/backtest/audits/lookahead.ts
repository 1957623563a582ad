import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import type { EventStream } from '../../core/events.js';
import { createRng, type Rng } from '../../core/rng.js';
import type { Panel } from '../../table/panel.js';
import { auditFills, type FillsSubject } from './fills/audit-fills.js';
import { AuditReport, checkOf, counted, valueText, type AuditCheck, type AuditEvent, type AuditFinding } from './audit-report.js';
import { runSteps, type AuditStep } from './audit-steps.js';
import { comparePanels, type ColumnDifference } from './compare-panels.js';
import { compareRecords, type AuditRecord, type RecordDifference } from './compare-records.js';
import { drawSessions } from './draw-sessions.js';

/** A table that is computed on everything, and again on what was known at some session. */
export interface AuditedTable<World> {
  /** `features`, `scores`, `members`, or a name of your own. */
  readonly name: string;
  /** Columns [symbol, session]; of a world that ends at a session, no session after it. */
  compute(world: World): Panel | Promise<Panel>;
  /** When two values count as equal; bit for bit when absent. */
  readonly same?: (a: number, b: number) => boolean;
}

/** What is decided session by session: decided on everything, and again on what was known at some of the sessions. */
export interface AuditedSessions<World> {
  readonly name: string;
  /** Epoch days that may be stood in, ascending. */
  readonly sessions: Int32Array;
  /** Decided on a world in which later sessions are there. */
  whole(session: IsoDate): readonly AuditRecord[] | Promise<readonly AuditRecord[]>;
  /** Decided again on a world that ends with the session. */
  again(world: World, session: IsoDate): readonly AuditRecord[] | Promise<readonly AuditRecord[]>;
  readonly same?: (a: number, b: number) => boolean;
}

/** A pipeline as functions of the world that it is given: the same functions on everything and on what was known. */
export interface LookaheadSubject<World> {
  readonly describe: string;
  /** Everything that is there. */
  readonly whole: World;
  /** Epoch days, ascending: where the world may be cut. */
  readonly sessions: Int32Array;
  /** Of these, the ones after which something came that belongs to them: half of the cuts are made there, as far as there are any. */
  readonly telling?: Int32Array;
  /** The world at the decision time of a session: of everything the rows that were known then. */
  at(session: IsoDate): World | Promise<World>;
  readonly tables: readonly AuditedTable<World>[];
  readonly decided?: readonly AuditedSessions<World>[];
  readonly fills?: FillsSubject;
  /** Answers that need no comparison, such as why something cannot be audited. */
  readonly besides?: readonly AuditCheck[];
}

export interface LookaheadSettings {
  readonly seed: number;
  /** Sessions at which the world is cut for tables, drawn at random. */
  readonly cuts: number;
  /** Sessions that are decided again, drawn at random. */
  readonly decisions?: number;
}

/**
 * Whether anything depends on what came later: features, scores, memberships and decisions are computed again on the world as it
 * was at random sessions and compared with what everything gives, value by value; fills are held to the prices of their session.
 *
 * A difference says what, of whom and when, on everything and on what was known, and how far before the cut it begins: two
 * sessions point at a window that reaches ahead, all of history at something learnt from the whole sample.
 */
export async function* auditLookahead<World>(subject: LookaheadSubject<World>, { seed, cuts, decisions = 2 }: LookaheadSettings): EventStream<AuditEvent, AuditReport> {
  const rng = createRng(seed).fork('audit/lookahead');
  const { sessions, tables, decided = [] } = subject;
  const drawn = drawCuts(subject, cuts, rng.fork('tables'));
  const found = tables.map((table) => new TableAnswers(table, subject.whole));
  const told = decided.map((one) => new SessionAnswers(one));
  const again = decided.map((one) => drawSessions(one.sessions, decisions, rng.fork(one.name)));
  const fills: AuditCheck[] = [];
  const steps: AuditStep[] = [];
  for (const cut of [...new Set([...drawn, ...again.flat()])].sort((a, b) => a - b)) {
    const session = fromEpochDay(cut);
    const asked = [...(drawn.includes(cut) ? found : []), ...told.filter((_, i) => again[i].includes(cut))];
    steps.push({
      describe: `${asked.map(({ name }) => name).join(', ')} on what was known on ${session}`,
      async run() {
        const world = await subject.at(session);
        for (const one of asked) await one.ask(world, session);
      },
    });
  }
  if (subject.fills) steps.push({ describe: 'fills', run: async () => void fills.push(await auditFills(subject.fills!)) });
  yield* runSteps(steps);
  const checks = [...found.map((one) => one.check()), ...told.map((one) => one.check()), ...fills, ...(subject.besides ?? [])];
  return new AuditReport({ audit: 'lookahead', subject: subject.describe, first: dayOf(sessions, 0), last: dayOf(sessions, -1), seed, checks });
}

/** Half of the cuts at telling sessions, the others anywhere but at the end. */
function drawCuts({ sessions, telling = new Int32Array() }: Pick<LookaheadSubject<never>, 'sessions' | 'telling'>, cuts: number, rng: Rng): number[] {
  const before = sessions.subarray(0, Math.max(0, sessions.length - 1));
  const likely = drawSessions(telling.filter((day) => before.includes(day)), Math.ceil(cuts / 2), rng.fork('telling'));
  const others = drawSessions(before.filter((day) => !likely.includes(day)), cuts - likely.length, rng);
  return [...likely, ...others].sort((a, b) => a - b);
}

const dayOf = (sessions: Int32Array, at: number): IsoDate | null => (sessions.length === 0 ? null : fromEpochDay(sessions.at(at)!));

/** Sessions before a cut from which on a difference cannot be a window that reaches ahead. */
const FAR = 21;

/** A table at cut after cut. */
class TableAnswers<World> {
  readonly name: string;
  readonly #table: AuditedTable<World>;
  readonly #world: World;
  readonly #cuts: IsoDate[] = [];
  readonly #first = new Map<string, { readonly difference: ColumnDifference; readonly cut: IsoDate }>();
  readonly #counts = new Map<string, number>();
  #whole: Panel | null = null;
  #compared = 0;

  constructor(table: AuditedTable<World>, world: World) {
    this.name = table.name;
    this.#table = table;
    this.#world = world;
  }

  async ask(world: World, cut: IsoDate): Promise<void> {
    this.#whole ??= await this.#table.compute(this.#world);
    const part = await this.#table.compute(world);
    const { compared, differences } = comparePanels(this.#whole, part, this.#table.same ? { same: this.#table.same } : {});
    this.#cuts.push(cut);
    this.#compared += compared;
    for (const difference of differences) {
      const { column, count } = difference;
      this.#counts.set(column, (this.#counts.get(column) ?? 0) + count);
      if (!this.#first.has(column)) this.#first.set(column, { difference, cut });
    }
  }

  check(): AuditCheck {
    const findings = [...this.#first].map(([column, { difference, cut }]) => this.#finding(difference, cut, this.#counts.get(column)!));
    return checkOf({ name: this.name, describe: `computed again on what was known on ${this.#cuts.join(', ') || 'no session'}`, compared: this.#compared, findings });
  }

  #finding({ column, symbol, session, whole, part, reach, isAbsent }: ColumnDifference, cut: IsoDate, count: number): AuditFinding {
    const day = fromEpochDay(session);
    const why = isAbsent ? `${symbol} is not there at all in what was known then: it was chosen by what became known later` : reach <= FAR ? `from ${counted(reach, 'session')} before the end on: it reads up to ${counted(reach, 'session')} past its own` : `as far back as ${counted(reach, 'session')} before the end: it is made from all of the sample, or from what became known much later`;
    const message = `${this.name} "${column}" of ${symbol} on ${day} is ${valueText(whole)} on all data, ${valueText(part)} on what was known on ${cut}; ${counted(count, 'value')} differ, ${why}`;
    return { code: 'looks-ahead', subject: column, symbol, session: day, expected: numberOrNull(part), found: numberOrNull(whole), differences: count, message };
  }
}

const numberOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** What is decided at session after session. */
class SessionAnswers<World> {
  readonly name: string;
  readonly #of: AuditedSessions<World>;
  readonly #asked: IsoDate[] = [];
  readonly #differences: RecordDifference[] = [];
  #compared = 0;

  constructor(of: AuditedSessions<World>) {
    this.name = of.name;
    this.#of = of;
  }

  async ask(world: World, session: IsoDate): Promise<void> {
    const whole = await this.#of.whole(session);
    const { compared, differences } = compareRecords(await this.#of.again(world, session), whole, this.#of.same);
    this.#asked.push(session);
    this.#compared += compared;
    this.#differences.push(...differences);
  }

  check(): AuditCheck {
    const describe = `decided again on what was known on ${this.#asked.join(', ') || 'no session'}`;
    const [first] = this.#differences;
    if (first === undefined) return checkOf({ name: this.name, describe, compared: this.#compared, findings: [] });
    const { session, symbol, field, expected, found } = first;
    const message = `${field} of ${symbol} decided on ${session} is ${valueText(found)} with later sessions there, ${valueText(expected)} on what was known then; ${counted(this.#differences.length, 'answer')} of ${counted(this.#compared, 'answer')} differ`;
    return checkOf({ name: this.name, describe, compared: this.#compared, findings: [{ code: 'decision-looks-ahead', subject: field, symbol, session, expected, found, differences: this.#differences.length, message }] });
  }
}
