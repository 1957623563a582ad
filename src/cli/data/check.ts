import { join } from 'node:path';

import { isoDate } from '../../core/dates.js';
import { ConfigError, DataError } from '../../core/errors.js';
import { hashFile } from '../../core/hash.js';
import { adjustBars } from '../../data/adjust-bars.js';
import { findIssues } from '../../data/quality/inspect.js';
import type { QualityFinding } from '../../data/quality/finding.js';
import { summarizeFindings } from '../../data/quality/summary.js';
import type { Manifest } from '../../data/store/manifest.js';
import { readActions } from '../../data/store/read-actions.js';
import { readBars } from '../../data/store/read-bars.js';
import { Store } from '../../data/store/store.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';
import { parseAsOf } from '../commands/daily.js';
import { EXIT } from '../exit-codes.js';

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
  await verifyFiles(store.folder, manifest);
  const bars = await readBars(store, { ...(flags.asOf === undefined ? {} : { end: parseAsOf(flags.asOf) }), ...(flags.symbols === undefined ? {} : { symbols: parseSymbols(flags.symbols) }) });
  const basis = manifest.datasets['bars'].priceBasis ?? 'raw';
  const actions = basis === 'raw' ? await readActions(store, bars.symbols, isoDate(bars.last!)) : new Map<string, never>();
  const findings = findIssues(adjustBars(bars, basis, actions), config.config.data.quality);
  const imported = Object.values(manifest.datasets).flatMap((entry) => entry.findings);
  if (flags.json) context.output.json({ asOf: bars.last, instruments: bars.symbols.length, sessions: bars.sessions.length, summary: summarizeFindings(findings), imported, findings });
  else print(findings, manifest, context);
  if (flags.strict && findings.some(({ policy }) => policy !== 'keep')) context.exitWith(EXIT.findings);
}

function parseSymbols(text: string): string[] {
  const symbols = text.split(',').map((symbol) => symbol.trim()).filter((symbol) => symbol !== '');
  if (symbols.length === 0) throw new ConfigError(`expected instruments separated by commas, found "${text}" in --symbols`, { code: 'NO_SYMBOLS' });
  return symbols;
}

/** @throws DataError naming the first file that is missing or not what the manifest says */
async function verifyFiles(folder: string, { datasets }: Manifest): Promise<void> {
  for (const [name, { partitions }] of Object.entries(datasets)) {
    for (const { path, sha256 } of partitions) {
      const found = await hashFile(join(folder, path)).catch((error: unknown) => {
        throw new DataError(`expected the file "${path}" of "${name}" in the store, found none that can be read`, { code: 'MISSING_FILE', fields: { path }, cause: error });
      });
      if (found !== sha256) throw new DataError(`expected sha256 ${sha256.slice(0, 12)}…, found ${found.slice(0, 12)}… in "${path}": the file was changed behind the store's back; import "${name}" again`, { code: 'HASH_MISMATCH', fields: { path } });
    }
  }
}

function print(findings: readonly QualityFinding[], { datasets }: Manifest, { output }: CliContext): void {
  output.line('every file is what the manifest says');
  for (const [name, entry] of Object.entries(datasets)) for (const { rule, policy, count, examples } of entry.findings) output.line(`at import of ${name}: ${rule} ${count} (${policy}), such as ${examples[0]}`);
  output.line(`${findings.length} findings in bars`);
  const rows = summarizeFindings(findings).map(({ rule, policy, count, examples: [latest] }) => [rule, policy, String(count), latest ? `${latest.symbol} ${latest.session}: ${latest.detail}` : '']);
  for (const line of alignColumns([['rule', 'policy', 'count', 'latest'], ...rows])) output.line(line);
}
