import type { AuditCheck, AuditReport } from '../../backtest/audits/audit-report.js';
import { EXIT } from '../exit-codes.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';

const VERDICTS: Readonly<Record<AuditCheck['verdict'], (findings: number) => string>> = {
  passed: () => 'passed',
  found: (findings) => `found ${findings}`,
  declared: () => 'declared',
  'not-applicable': () => 'not applicable',
};

/** A report on stdout, as text or as the one JSON document; findings end the command with their own code. */
export function printReport(report: AuditReport, { json = false }: { readonly json?: boolean }, context: CliContext): void {
  const { output } = context;
  if (json) output.json(report);
  else {
    output.line(report.summary);
    for (const line of alignColumns(report.checks.map(({ name, verdict, findings, describe }) => [VERDICTS[verdict](findings.length), name, describe]))) output.line(line);
    const notes = report.checks.flatMap(({ name, notes: own }) => own.map((note) => `${name}: ${note}`));
    if (notes.length > 0) output.line();
    for (const note of notes) output.line(note);
    for (const { code, message } of report.findings) {
      output.line();
      output.line(`${code}: ${message}`);
    }
  }
  if (!report.passed) context.exitWith(EXIT.findings);
}
