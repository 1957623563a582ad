import { join, resolve } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { ConfigError } from '../../core/errors.js';
import { VERSION } from '../../core/version.js';
import { availability } from '../../features/availability.js';
import type { Feature } from '../../features/feature.js';
import { FEATURES } from '../../features/registry.js';
import { builtInSets, resolveFeatures } from '../../features/sets.js';
import type { Lab } from '../../lab/open.js';
import { renderFeaturePage, type FeaturePageInput } from '../../report/feature/page.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';
import { openLab } from '../open-lab.js';
import { featureCourse, sessionsDrawn } from './page-course.js';

export interface DescribeFlags {
  readonly asOf?: string;
  readonly symbol?: string;
  readonly out?: string;
  readonly page: boolean;
  readonly json?: boolean;
}

/** `swing features describe`. */
export async function describe(name: string, flags: DescribeFlags, context: CliContext): Promise<void> {
  const { config } = await context.loadConfig();
  const [feature, ...others] = resolveFeatures([name], FEATURES, config.features.sets);
  if (feature?.name !== name || others.length > 0) throw new ConfigError(`expected the name of one feature, found the ${others.length + 1} features of "${name}"; list them with: swing features list ${name}`, { code: 'NOT_ONE_FEATURE', fields: { name } });
  const { output } = context;
  const { family, describe: words, formula, unit, source, lookback, inputs } = feature;
  const sets = Object.entries({ ...config.features.sets, ...builtInSets(FEATURES) }).flatMap(([set, names]) => (resolveFeatures(names, FEATURES, config.features.sets).some((one) => one.name === name) ? [set] : []));
  const withPage = flags.page && !flags.json;
  if (!withPage) refusePageOptions(flags);
  if (flags.json) return output.json({ name, family, describe: words, formula, unit, source, lookback, inputs, scale: feature.scale ?? {}, availability: availability(feature), sets });
  const page = withPage ? await writePage(feature, { ...flags, sets }, context) : null; // first, so that nothing is printed before an error
  const lines = [['name', name], ['what it is', words], ['formula', formula], ['unit', unit], ['source', source], ['lookback', `${lookback} sessions`], ['reads', inputs.join(', ')], ['available', availability(feature)], ['sets', sets.join(', ')]];
  for (const line of alignColumns(lines)) output.line(line);
  if (page !== null) output.line(`page: ${page}`);
}

/** @throws ConfigError on options that would do nothing */
function refusePageOptions({ asOf, symbol, out, json }: DescribeFlags): void {
  const idle = Object.entries({ '--as-of': asOf, '--symbol': symbol, '--out': out }).find(([, value]) => value !== undefined);
  if (idle) throw new ConfigError(`expected ${idle[0]} only where a page is made, found it with ${json ? '--json' : '--no-page'}`, { code: 'NO_PAGE', fields: { option: idle[0] } });
}

type PageFlags = Pick<DescribeFlags, 'asOf' | 'symbol' | 'out'> & { readonly sets: readonly string[] };

async function writePage(feature: Feature, flags: PageFlags, context: CliContext): Promise<string> {
  if (flags.asOf !== undefined) parseAsOf(flags.asOf);
  const { lab, config } = await openLab(context);
  const file = flags.out === undefined ? join(config.paths.runs, 'features', `${feature.name}.html`) : resolve(context.cwd, flags.out);
  await writeFileAtomic(file, renderFeaturePage(await pageInput(lab, feature, flags)));
  return file;
}

async function pageInput(lab: Lab, feature: Feature, { asOf, symbol, sets }: PageFlags): Promise<FeaturePageInput> {
  const market = await lab.market(asOf);
  const values = await lab.features(market.bars, [feature.name]);
  const from = Math.max(0, values.sessions.length - sessionsDrawn(feature.unit));
  const marketWide = feature.kind === 'market';
  const last = values.sessions.length - 1;
  const drawn = symbol?.toUpperCase() ?? market.members.find((one) => values.hasSymbol(one) && !Number.isNaN(values.series(feature.name, one)[last])) ?? null;
  if (symbol !== undefined && !values.hasSymbol(drawn!)) throw new ConfigError(`expected an instrument with bars, found "${symbol}" in --symbol`, { code: 'UNKNOWN_SYMBOL', fields: { symbol } });
  const { name, family, describe: words, formula, unit, source, lookback, inputs, scale } = feature;
  return {
    card: { name, family, describe: words, formula, unit, source, lookback, inputs, ...(scale ? { scale } : {}) },
    availability: availability(feature),
    sets,
    asOf: market.asOf,
    marketWide,
    ...featureCourse(values, feature, market.universe, from),
    values: market.universe.membersAt(market.asOf).map((one) => ({ symbol: one, value: values.hasSymbol(one) ? values.series(name, one)[last] : Number.NaN })),
    series: drawn === null || marketWide ? null : { symbol: drawn, values: Float64Array.from(values.series(name, drawn).subarray(from)) },
    generatedBy: `swinglab ${VERSION}`,
  };
}
