import { join, resolve } from 'node:path';

import { hashJson } from '../../core/hash.js';
import { FEATURES } from '../../features/registry.js';
import { resolveFeatures } from '../../features/sets.js';
import { readFeatureInputs } from '../../lab/feature-inputs.js';
import { computeFeatureFiles, type FeatureFilesEvent, type FeatureFilesMode } from '../../pipeline/feature-files/compute.js';
import type { CliContext } from '../context.js';
import { openLab } from './open-lab.js';
import { panelOf, type SpanFlags } from './span.js';

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
  const bars = await panelOf(lab, flags);
  const inputs = await readFeatureInputs(lab.store, { bars, universe: await lab.universe(), features, benchmark, policies: config.config.data.quality });
  const settings = { universe: config.config.data.universe, benchmark, quality: hashJson(config.config.data.quality) };
  const request = { names: features.map(({ name }) => name), start: flags.start ?? null, symbols: flags.symbols ?? null, ...settings };
  const folder = flags.out === undefined ? join(config.paths.runs, 'features', hashJson(request).slice(0, 12)) : resolve(context.cwd, flags.out);
  const work = computeFeatureFiles({ folder, features, inputs, settings, signal: context.signal, ...(flags.whole ? { whole: true } : {}), ...(flags.threads === undefined ? {} : { threads: flags.threads }) });
  const { output } = context;
  for (;;) {
    const step = await work.next();
    if (!step.done) {
      say(step.value, context);
      continue;
    }
    const { manifest, mode } = step.value;
    if (flags.json) return output.json({ folder, mode: mode.kind, features: manifest.features.length, symbols: manifest.symbols.length, first: manifest.first, last: manifest.last, parts: manifest.parts.length, absent: manifest.absent });
    output.line(`${manifest.features.length} features of ${manifest.symbols.length} symbols, ${manifest.first} to ${manifest.last}: ${describeMode(mode)}`);
    for (const { feature, inputs: lacking } of manifest.absent) output.line(`no values of ${feature}: not in the store: ${lacking.join(', ')}`);
    output.line(`folder: ${folder}`);
    return;
  }
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
