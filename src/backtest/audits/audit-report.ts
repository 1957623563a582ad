import type { IsoDate } from '../../core/dates.js';

/** Ways to look for values that nobody could have had. */
export const AUDITS = ['lookahead', 'warmup', 'leakage', 'daily'] as const;

export type AuditName = (typeof AUDITS)[number];

/** `declared`: not as it should be, and the data itself says so; `not-applicable`: there was nothing to look at. */
export type AuditVerdict = 'passed' | 'found' | 'declared' | 'not-applicable';

/** A number or text that was compared; `null`: missing. */
export type AuditValue = number | string | null;

/** A fault, at the first place where it shows. */
export interface AuditFinding {
  /** Kind of the fault, kebab-case and stable. */
  readonly code: string;
  /** What is at fault: a feature, a splitter, an order. */
  readonly subject: string;
  readonly symbol: string | null;
  readonly session: IsoDate | null;
  /** What should have been found, or was found on everything that is there. */
  readonly expected: AuditValue;
  /** What was found, or was found on what was known then. */
  readonly found: AuditValue;
  /** Places where the two differ, this one included. */
  readonly differences: number;
  /** The fault in words that lead to its cause. */
  readonly message: string;
}

/** One question of an audit and its answer. */
export interface AuditCheck {
  readonly name: string;
  /** What was done, one sentence. */
  readonly describe: string;
  readonly verdict: AuditVerdict;
  /** Comparisons made. */
  readonly compared: number;
  /** One for each thing at fault. */
  readonly findings: readonly AuditFinding[];
  /** What a reader must know besides: why a check does not apply, what it rests on. */
  readonly notes: readonly string[];
}

/** What happens while an audit is on. */
export interface AuditEvent {
  readonly kind: 'step';
  readonly describe: string;
  readonly done: number;
  readonly of: number;
}

export interface AuditReportParts {
  readonly audit: AuditName;
  /** What was audited, one phrase. */
  readonly subject: string;
  readonly first: IsoDate | null;
  readonly last: IsoDate | null;
  readonly seed: number;
  readonly checks: readonly AuditCheck[];
}

/** Answers of an audit; `show` and the command line print them, `JSON.stringify` gives the document. */
export class AuditReport implements AuditReportParts {
  readonly audit: AuditName;
  readonly subject: string;
  readonly first: IsoDate | null;
  readonly last: IsoDate | null;
  readonly seed: number;
  readonly checks: readonly AuditCheck[];

  constructor({ audit, subject, first, last, seed, checks }: AuditReportParts) {
    this.audit = audit;
    this.subject = subject;
    this.first = first;
    this.last = last;
    this.seed = seed;
    this.checks = checks;
  }

  /** Everything that was found, by check. */
  get findings(): readonly AuditFinding[] {
    return this.checks.flatMap(({ findings }) => findings);
  }

  get passed(): boolean {
    return this.findings.length === 0;
  }

  /** One sentence for a person. */
  get summary(): string {
    const span = this.first === null ? '' : `, ${this.first} to ${this.last}`;
    const found = this.findings.length;
    return `${this.audit} audit of ${this.subject}${span}, seed ${this.seed}: ${found === 0 ? 'nothing found' : `${found} ${found === 1 ? 'finding' : 'findings'}`}`;
  }

  toShown(): { title: string; text: string[]; tables: { caption: string; columns: string[]; rows: AuditValue[][] }[] } {
    const rows = this.checks.map(({ name, verdict, compared, describe }) => [name, verdict, compared, describe]);
    const found = this.findings.map(({ code, subject, symbol, session, expected, found: value, differences, message }) => [code, subject, symbol, session, expected, value, differences, message]);
    return {
      title: `${this.audit} audit`,
      text: [this.summary, ...this.checks.flatMap(({ name, notes }) => notes.map((note) => `${name}: ${note}`))],
      tables: [
        { caption: 'What was asked', columns: ['check', 'verdict', 'compared', 'how'], rows },
        ...(found.length === 0 ? [] : [{ caption: 'What was found, each at its first place', columns: ['fault', 'in', 'symbol', 'session', 'expected', 'found', 'differences', 'message'], rows: found }]),
      ],
    };
  }

  toJSON(): object {
    const { audit, subject, first, last, seed, passed, checks } = this;
    return { audit, subject, first, last, seed, passed, checks };
  }
}

/** A check whose verdict follows from its findings. */
export function checkOf(parts: Omit<AuditCheck, 'verdict' | 'notes'> & { readonly notes?: readonly string[] }): AuditCheck {
  return { notes: [], ...parts, verdict: parts.findings.length > 0 ? 'found' : parts.compared === 0 ? 'not-applicable' : 'passed' };
}

/** A check that there was nothing to do for. */
export function notApplicable(name: string, describe: string, why: string): AuditCheck {
  return { name, describe, verdict: 'not-applicable', compared: 0, findings: [], notes: [why] };
}

/** A number as findings hold it: missing is `null`. */
export const auditValue = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** A value as messages tell it. */
export function valueText(value: AuditValue): string {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return 'nothing';
  return typeof value === 'number' ? String(Number(value.toPrecision(7))) : value;
}

/** A count with its noun. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string => `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
