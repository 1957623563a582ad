import type { AuditName, AuditReport } from '../../backtest/audits/audit-report.js';
import type { IsoDate } from '../../core/dates.js';
import { labLeakage } from '../../lab/audits/leakage.js';
import { labLookahead } from '../../lab/audits/lookahead.js';
import type { AuditOptions } from '../../lab/audits/options.js';
import { labWarmup } from '../../lab/audits/warmup.js';
import { Lab } from '../../lab/open.js';
import { createForecaster } from '../../models/registry.js';
import { dailyAudit } from '../../pipeline/daily-audit.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { openLab } from '../open-lab.js';
import { parseSymbols } from '../parse-symbols.js';
import { followed } from './follow.js';
import { printReport } from './print-report.js';

/** Options of `swing audit`; each audit has some of them. */
export interface AuditFlags {
  readonly seed?: number;
  readonly since?: string;
  readonly until?: string;
  readonly features?: string;
  readonly symbols?: string;
  readonly names?: number;
  readonly cuts?: number;
  readonly decided?: number;
  readonly shuffles?: number;
  readonly model?: string;
  readonly each?: boolean;
  readonly only?: string;
  readonly json?: boolean;
}

/** `swing audit lookahead | warmup | leakage | daily`. */
export async function runAudit(name: AuditName, flags: AuditFlags, context: CliContext): Promise<void> {
  const { lab, config } = await openLab(context);
  const [since, until] = [day(flags.since, '--since'), day(flags.until, '--until')];
  const span = { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
  const report = name === 'daily' ? await followed(dailyAudit({ config, ...span, ...(flags.each ? { each: true } : {}), signal: context.signal }), context) : await labAudit(name, lab, { flags, span, context });
  printReport(report, flags, context);
}

interface LabAudit {
  readonly flags: AuditFlags;
  readonly span: Pick<AuditOptions, 'since' | 'until'>;
  readonly context: CliContext;
}

async function labAudit(name: Exclude<AuditName, 'daily'>, lab: Lab, { flags, span, context }: LabAudit): Promise<AuditReport> {
  const make = (parts: ConstructorParameters<typeof Lab>[0]): Lab => new Lab(parts);
  const { seed, names, cuts, decided, shuffles } = flags;
  const common = {
    ...span,
    ...(seed === undefined ? {} : { seed }),
    ...(names === undefined ? {} : { names }),
    ...(flags.symbols === undefined ? {} : { symbols: parseSymbols(flags.symbols.toUpperCase()) }),
    ...(flags.only === undefined ? {} : { only: listOf(flags.only) }),
    ...(flags.features === undefined ? {} : { features: listOf(flags.features) }),
    ...(flags.model === undefined ? {} : { forecaster: createForecaster(flags.model) }),
  };
  const cut = cuts === undefined ? {} : { cuts };
  if (name === 'lookahead') return followed(labLookahead(lab, make, { ...common, ...cut, ...(decided === undefined ? {} : { decided }) }), context);
  if (name === 'warmup') return followed(labWarmup(lab, make, { ...common, ...cut }), context);
  return followed(labLeakage(lab, make, { ...common, ...(shuffles === undefined ? {} : { shuffles }) }), context);
}

const day = (text: string | undefined, where: string): IsoDate | undefined => (text === undefined ? undefined : parseAsOf(text, where));

const listOf = (text: string): string[] => text.split(',').map((name) => name.trim()).filter((name) => name !== '');
