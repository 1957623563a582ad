import { join, resolve } from 'node:path';

import { XNYS } from '../../core/calendar.js';
import { hashJson } from '../../core/hash.js';
import { planFeatures } from '../../features/compute/plan.js';
import type { Feature } from '../../features/feature.js';
import { FEATURES } from '../../features/registry.js';
import { resolveFeatures } from '../../features/sets.js';
import type { Lab } from '../../lab/open.js';
import { computeFeatureFiles, type FeatureFilesEvent, type FeatureFilesMode, type FeatureFilesRequest } from '../../pipeline/feature-files/compute.js';
import type { FeatureManifest } from '../../pipeline/feature-files/manifest.js';
import type { CliContext } from '../context.js';
import { openLab } from '../open-lab.js';
import { parseSymbols } from '../parse-symbols.js';
import { spanOf, type SpanFlags } from './span.js';

export interface ComputeFlags extends SpanFlags {
  readonly out?: string;
  readonly threads?: number;
  readonly whole?: boolean;
  readonly json?: boolean;
}

/** `swing features compute`. */
export async function compute(names: readonly string[], flags: ComputeFlags, context: CliContext): Promise<void> {
  const { lab, config } = await openLab(context);
  const { sets, benchmark } = config.config.features;
  const features = resolveFeatures(names.length === 0 ? ['core'] : names, FEATURES, sets);
  const wanted = await wantedInputs(lab, features, flags);
  const settings = { universe: config.config.data.universe, benchmark, quality: hashJson(config.config.data.quality) };
  const request = { names: features.map(({ name }) => name), start: flags.start ?? null, symbols: flags.symbols ?? null, ...settings };
  const folder = flags.out === undefined ? join(config.paths.runs, 'features', hashJson(request).slice(0, 12)) : resolve(context.cwd, flags.out);
  const work = computeFeatureFiles({ folder, features, ...wanted, settings, signal: context.signal, ...(flags.whole ? { whole: true } : {}), ...(flags.threads === undefined ? {} : { threads: flags.threads }) });
  const { output } = context;
  for (;;) {
    const step = await work.next();
    if (!step.done) {
      say(step.value, context);
      continue;
    }
    const { manifest, mode } = step.value;
    if (flags.json) return output.json({ folder, mode: mode.kind, features: manifest.features.length, symbols: manifest.symbols.length, first: manifest.first, last: manifest.last, parts: manifest.parts.length, absent: manifest.absent, missing: missingOf(manifest) });
    print(manifest, mode, context);
    output.line(`folder: ${folder}`);
    return;
  }
}

/** Data from the longest lookback before the start on, of everyone in the universe; the result holds the span and the symbols asked for. */
async function wantedInputs(lab: Lab, features: readonly Feature[], flags: SpanFlags): Promise<Pick<FeatureFilesRequest, 'inputs' | 'symbols' | 'first'>> {
  const { start, end, first } = await spanOf(lab, flags);
  const back = Math.min(planFeatures(features, FEATURES).lookback, XNYS.count(first, start));
  const asked = flags.symbols === undefined ? undefined : parseSymbols(flags.symbols.toUpperCase());
  const bars = await lab.panel({ start: XNYS.shift(start, -back), end, ...(asked === undefined ? {} : { symbols: asked }) });
  const members = new Set((await lab.universe()).membersDuring(start, end));
  const symbols = asked === undefined ? bars.symbols.filter((symbol) => members.has(symbol)) : bars.symbols;
  return { inputs: await lab.featureInputs(bars, features), symbols, first: start };
}

/** Features with missing values where the instrument had a bar, most first. */
function missingOf({ features, missing, values }: FeatureManifest): { feature: string; missing: number; of: number }[] {
  const counted = features.map(({ name }, k) => ({ feature: name, missing: missing[k], of: values }));
  return counted.filter((one) => one.missing > 0).sort((a, b) => b.missing - a.missing);
}

/** Features named in the text. */
const TOLD = 5;

function print(manifest: FeatureManifest, mode: FeatureFilesMode, { output }: CliContext): void {
  output.line(`${manifest.features.length} features of ${manifest.symbols.length} symbols, ${manifest.first} to ${manifest.last}: ${describeMode(mode)}`);
  for (const { feature, inputs } of manifest.absent) output.line(`no values of ${feature}: not known by ${manifest.last}: ${inputs.join(', ')}`);
  const missing = missingOf(manifest);
  if (missing.length === 0) return;
  const percent = ({ missing: count, of }: { missing: number; of: number }): string => `${((100 * count) / of).toFixed(1)} %`;
  output.line(`missing where there is a bar, lookbacks included: ${missing.length} features, most of them ${missing.slice(0, TOLD).map((one) => `${one.feature} ${percent(one)}`).join(', ')}`);
}

function say(event: FeatureFilesEvent, { output }: CliContext): void {
  if (event.kind === 'plan') output.note(`${event.features} features, ${event.symbols} symbols, ${event.sessions} sessions: ${describeMode(event.mode)}`);
  else output.note(`${event.done} of ${event.total} symbols`);
}

function describeMode(mode: FeatureFilesMode): string {
  switch (mode.kind) {
    case 'current':
      return 'nothing new, kept from before';
    case 'append':
      return `${mode.sessions} new ${mode.sessions === 1 ? 'session' : 'sessions'} added`;
    case 'whole':
      return `everything computed (${mode.why})`;
  }
}
