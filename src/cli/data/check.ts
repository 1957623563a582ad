import { readCheckedBars } from '../../data/checked-bars.js';
import { STAMPED_EARLY } from '../../data/option-chains/find-early-stamps.js';
import type { QualityFinding } from '../../data/quality/finding.js';
import { summarizeFindings } from '../../data/quality/summary.js';
import type { Manifest } from '../../data/store/manifest.js';
import { Store } from '../../data/store/store.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';
import { parseAsOf } from '../commands/daily.js';
import { EXIT } from '../exit-codes.js';
import { parseSymbols } from '../parse-symbols.js';

export interface CheckFlags {
  readonly asOf?: string;
  readonly symbols?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** `swing data check`: are the files what the manifest says, and what do the quality rules find? */
export async function check(flags: CheckFlags, context: CliContext): Promise<void> {
  const config = await context.loadConfig();
  const store = await Store.open(config.paths.store);
  const manifest = await store.manifest();
  await store.verify();
  const request = { ...(flags.asOf === undefined ? {} : { end: parseAsOf(flags.asOf) }), ...(flags.symbols === undefined ? {} : { symbols: parseSymbols(flags.symbols) }) };
  const { bars, findings } = await readCheckedBars(store, request, config.config.data.quality);
  const imported = Object.values(manifest.datasets).flatMap((entry) => entry.findings);
  if (flags.json) context.output.json({ asOf: bars.last, instruments: bars.symbols.length, sessions: bars.sessions.length, summary: summarizeFindings(findings), imported, findings });
  else print(findings, manifest, context);
  const looksAhead = imported.some(({ rule }) => rule === STAMPED_EARLY);
  if (looksAhead) context.output.warn('open interest in the store was settled on the day of its stamp: whatever is computed of it looks ahead by a session');
  if (flags.strict && (looksAhead || findings.some(({ policy }) => policy !== 'keep'))) context.exitWith(EXIT.findings);
}

function print(findings: readonly QualityFinding[], { datasets }: Manifest, { output }: CliContext): void {
  output.line('every file is what the manifest says');
  for (const [name, entry] of Object.entries(datasets)) for (const { rule, policy, count, examples } of entry.findings) output.line(`at import of ${name}: ${rule} ${count} (${policy}), such as ${examples[0]}`);
  output.line(`${findings.length} findings in bars`);
  const rows = summarizeFindings(findings).map(({ rule, policy, count, examples: [latest] }) => [rule, policy, String(count), latest ? `${latest.symbol} ${latest.session}: ${latest.detail}` : '']);
  for (const line of alignColumns([['rule', 'policy', 'count', 'latest'], ...rows])) output.line(line);
}
