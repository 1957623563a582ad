import { FEATURES } from '../../features/registry.js';
import { resolveFeatures } from '../../features/sets.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';

export interface ListFlags {
  readonly json?: boolean;
}

/** `swing features list`. */
export async function list(names: readonly string[], flags: ListFlags, context: CliContext): Promise<void> {
  const { sets } = (await context.loadConfig()).config.features;
  const features = resolveFeatures(names.length === 0 ? ['all'] : names, FEATURES, sets);
  const { output } = context;
  if (flags.json) return output.json(features.map(({ name, family, kind, describe, formula, unit, source, lookback, inputs }) => ({ name, family, kind, describe, formula, unit, source, lookback, inputs })));
  const rows = features.map(({ name, family, unit, lookback, describe }) => [name, family, unit, String(lookback), describe]);
  for (const line of alignColumns([['name', 'family', 'unit', 'lookback', 'what it is'], ...rows])) output.line(line);
  output.line();
  output.line(`${features.length} of ${FEATURES.length} features`);
}
