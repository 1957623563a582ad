import { setImmediate } from 'node:timers/promises';

import { createRng } from '../../core/rng.js';
import type { LawBreach } from '../../features/laws/breach.js';
import { lawSteps } from '../../features/laws/check-laws.js';
import { FEATURES } from '../../features/registry.js';
import { resolveFeatures } from '../../features/sets.js';
import { inputSettings, readFeatureInputs } from '../../lab/feature-inputs.js';
import { pastInputs } from '../../lab/law-inputs.js';
import type { Lab } from '../../lab/open.js';
import type { CliContext } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { alignColumns } from '../output.js';
import { openLab } from '../open-lab.js';
import { parseSymbols } from '../parse-symbols.js';

export interface CheckFlags {
  readonly symbols?: string;
  readonly places: number;
  readonly json?: boolean;
}

/** Symbols drawn when none are named: enough for comparisons between members and within sectors. */
const DRAWN = 40;
/** Steps between two remarks on how far it is. */
const SAY_EVERY = 10;

/** `swing features check`. */
export async function check(names: readonly string[], flags: CheckFlags, context: CliContext): Promise<void> {
  const { lab, config } = await openLab(context);
  const { sets } = config.config.features;
  const { seed } = config.config;
  const { output, signal } = context;
  const features = resolveFeatures(names.length === 0 ? ['all'] : names, FEATURES, sets);
  const bars = await lab.panel({ symbols: flags.symbols === undefined ? await drawSymbols(lab, seed) : parseSymbols(flags.symbols.toUpperCase()) });
  const request = { bars, universe: await lab.universe(), features, ...inputSettings(config.config) };
  const inputs = await readFeatureInputs(lab.store, request);
  const asKnown = await pastInputs(lab.store, request, { rng: createRng(seed).fork('features/check/past'), places: 2 * flags.places });
  const steps = lawSteps(inputs, features, { seed, places: flags.places, known: FEATURES, asKnown });
  const breaches: LawBreach[] = [];
  for (const [i, step] of steps.entries()) {
    await setImmediate(); // lets an interruption be heard
    signal.throwIfAborted();
    if (i % SAY_EVERY === 0) output.note(`${i} of ${steps.length}: ${step.describe}`);
    breaches.push(...step.run());
  }
  signal.throwIfAborted();
  if (flags.json) output.json({ features: features.length, symbols: bars.symbols, first: bars.first, last: bars.last, seed, places: flags.places, breaches: breaches.map((breach) => ({ ...breach, expected: finiteOrNull(breach.expected), found: finiteOrNull(breach.found) })) });
  else {
    output.line(`${features.length} features, ${bars.symbols.length} symbols, ${bars.first} to ${bars.last}, ${flags.places} places by seed ${seed}: ${breaches.length === 0 ? 'every law holds' : `${breaches.length} breaches`}`);
    if (breaches.length > 0) for (const line of alignColumns([['law', 'feature', 'symbol', 'session', 'expected', 'found', 'what was done'], ...breaches.map(row)])) output.line(line);
  }
  if (breaches.length > 0) context.exitWith(EXIT.findings);
}

/** Members of the whole span, those that have left the market too. */
async function drawSymbols(lab: Lab, seed: number): Promise<string[]> {
  const { symbols } = await lab.panel();
  const rng = createRng(seed).fork('features/check');
  return rng.shuffle([...symbols]).slice(0, DRAWN).sort();
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

function row({ law, feature, symbol, session, expected, found, detail }: LawBreach): string[] {
  return [law, feature, symbol, session, String(expected), String(found), detail];
}
