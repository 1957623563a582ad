import type { AuditEvent } from '../../backtest/audits/audit-report.js';
import type { IsoDate } from '../../core/dates.js';

/** Options of every audit. */
export interface AuditOptions {
  /** Of everything drawn at random; the lab's when absent. */
  readonly seed?: number;
  /** Sessions audited, the first and the last; all when absent. What lies before the first still serves as history. */
  readonly since?: IsoDate;
  readonly until?: IsoDate;
  /** Instruments whose features are looked at; some of the members, drawn at random, when absent. */
  readonly symbols?: readonly string[];
  /** How many are drawn. */
  readonly names?: number;
  /** Only these checks, by name; all when absent. */
  readonly only?: readonly string[];
  /** Told of each step. */
  readonly onEvent?: (event: AuditEvent) => void;
  readonly signal?: AbortSignal;
}

export const AUDIT_OPTIONS = ['seed', 'since', 'until', 'symbols', 'names', 'only', 'onEvent', 'signal'] as const;

/** Whether a check is asked for. */
export const isAsked = ({ only }: Pick<AuditOptions, 'only'>, name: string): boolean => only === undefined || only.includes(name);
