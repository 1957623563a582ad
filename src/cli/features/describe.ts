import { join, resolve } from 'node:path';

import { fromEpochDay, type IsoDate } from '../../core/dates.js';
import { ConfigError } from '../../core/errors.js';
import { VERSION } from '../../core/version.js';
import { writeFileAtomic } from '../../data/store/atomic-file.js';
import { membershipTable } from '../../data/market.js';
import { availability } from '../../features/availability.js';
import type { Feature } from '../../features/feature.js';
import { FEATURES } from '../../features/registry.js';
import { builtInSets, resolveFeatures } from '../../features/sets.js';
import type { Lab } from '../../lab/open.js';
import { quantile } from '../../math/stats.js';
import { renderFeaturePage, type FeaturePageInput } from '../../report/feature/page.js';
import type { Panel } from '../../table/panel.js';
import { parseAsOf } from '../commands/daily.js';
import type { CliContext } from '../context.js';
import { alignColumns } from '../output.js';
import { openLab } from './open-lab.js';

export interface DescribeFlags {
  readonly asOf?: string;
  readonly symbol?: string;
  readonly out?: string;
  readonly page: boolean;
  readonly json?: boolean;
}

/** Sessions drawn. */
const DRAWN = 504;
/** Shares of the members below the lower and the upper edge of the band. */
const BAND = [0.1, 0.9] as const;

/** `swing features describe`. */
export async function describe(name: string, flags: DescribeFlags, context: CliContext): Promise<void> {
  const { config } = await context.loadConfig();
  const [feature, ...others] = resolveFeatures([name], FEATURES, config.features.sets);
  if (feature?.name !== name || others.length > 0) throw new ConfigError(`expected the name of one feature, found the ${others.length + 1} features of "${name}"; list them with: swing features list ${name}`, { code: 'NOT_ONE_FEATURE', fields: { name } });
  const { output } = context;
  const { family, describe: words, formula, unit, source, lookback, inputs } = feature;
  const sets = Object.entries({ ...config.features.sets, ...builtInSets(FEATURES) }).flatMap(([set, names]) => (resolveFeatures(names, FEATURES, config.features.sets).some((one) => one.name === name) ? [set] : []));
  if (flags.json) return output.json({ name, family, describe: words, formula, unit, source, lookback, inputs, scale: feature.scale ?? {}, availability: availability(feature), sets });
  const lines = [['name', name], ['what it is', words], ['formula', formula], ['unit', unit], ['source', source], ['lookback', `${lookback} sessions`], ['reads', inputs.join(', ')], ['available', availability(feature)], ['sets', sets.join(', ')]];
  for (const line of alignColumns(lines)) output.line(line);
  if (!flags.page) return;
  const { lab, config: loaded } = await openLab(context);
  const file = flags.out === undefined ? join(loaded.paths.runs, 'features', `${name}.html`) : resolve(context.cwd, flags.out);
  await writeFileAtomic(file, renderFeaturePage(await pageInput(lab, feature, { ...flags, sets })));
  output.line(`page: ${file}`);
}

async function pageInput(lab: Lab, feature: Feature, { asOf, symbol, sets }: { readonly asOf?: string; readonly symbol?: string; readonly sets: readonly string[] }): Promise<FeaturePageInput> {
  const market = await lab.market(asOf === undefined ? undefined : parseAsOf(asOf));
  const values = await lab.features(market.bars, [feature.name]);
  const from = Math.max(0, values.sessions.length - DRAWN);
  const member = membershipTable(market.bars, market.universe);
  const course = courseOf(values, feature.name, { from, member });
  const last = values.sessions.length - 1;
  const drawn = symbol?.toUpperCase() ?? market.members.find((one) => values.hasSymbol(one) && !Number.isNaN(values.series(feature.name, one)[last])) ?? null;
  if (symbol !== undefined && !values.hasSymbol(drawn!)) throw new ConfigError(`expected an instrument with bars, found "${symbol}" in --symbol`, { code: 'UNKNOWN_SYMBOL', fields: { symbol } });
  const { name, family, describe: words, formula, unit, source, lookback, inputs, scale } = feature;
  return {
    card: { name, family, describe: words, formula, unit, source, lookback, inputs, ...(scale ? { scale } : {}) },
    availability: availability(feature),
    sets,
    asOf: market.asOf,
    ...course,
    values: market.members.filter((one) => values.hasSymbol(one)).map((one) => ({ symbol: one, value: values.series(name, one)[last] })),
    series: drawn === null ? null : { symbol: drawn, values: Float64Array.from(values.series(name, drawn).subarray(from)) },
    generatedBy: `swinglab ${VERSION}`,
  };
}

/** How the members stood in each session: median, band, and how many have a value. */
function courseOf(values: Panel, name: string, { from, member }: { readonly from: number; readonly member: Uint8Array }): { sessions: IsoDate[]; quantiles: { low: Float64Array; median: Float64Array; high: Float64Array }; coverage: Float64Array } {
  const width = values.sessions.length;
  const column = values.column(name);
  const length = width - from;
  const make = (): Float64Array => new Float64Array(length).fill(Number.NaN);
  const [low, median, high, coverage] = [make(), make(), make(), make()];
  for (let i = 0; i < length; i++) {
    const rows = values.symbols.flatMap((_, row) => (member[row * width + from + i] === 1 ? [row * width + from + i] : []));
    const present = Float64Array.from(rows.map((at) => column[at]).filter((value) => !Number.isNaN(value))).sort();
    if (rows.length > 0) coverage[i] = present.length / rows.length;
    if (present.length === 0) continue;
    [low[i], median[i], high[i]] = [quantile(present, BAND[0]), quantile(present, 0.5), quantile(present, BAND[1])];
  }
  return { sessions: Array.from(values.sessions.subarray(from), (day) => fromEpochDay(day)), quantiles: { low, median, high }, coverage };
}
