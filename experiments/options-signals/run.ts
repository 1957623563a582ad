/**
 * What prices did after each signal of option chains: writes `results.json` beside this file.
 *
 *     node experiments/options-signals/run.ts --data <folder> [--seed 1] [--out file]
 *
 * The folder holds `chains_*.parquet`, `underlying_day.parquet` and `underlying_ohlcv.parquet`: see README.md in this folder.
 */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { benjaminiHochberg, createRng, fromEpochDay, holm, importFrom, openFiles, OPTIONS_SIGNALS, Store, systemClock } from '../../dist/index.js';
import { detectAll, type Detection } from './detections.ts';
import { COST_A_FILL, EffectStudy, HORIZONS, type Effect, type Outcome, type StudyRequest } from './effects.ts';
import { readMarket } from './market.ts';

const { values: flags } = parseArgs({ options: { data: { type: 'string' }, seed: { type: 'string', default: '1' }, out: { type: 'string', default: fileURLToPath(new URL('results.json', import.meta.url)) } } });
if (flags.data === undefined) throw new Error('expected --data <folder>, found none');
const { data } = flags;

/** Times that names are given each other's signals. */
const RELABELLED = 50;

const began = performance.now();
const say = (text: string): void => void process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${text}\n`);

const market = await readMarket(join(data, 'underlying_ohlcv.parquet'));
say(`${market.symbols.length} names with bars on ${market.sessions.length} sessions`);
const folder = await mkdtemp(join(tmpdir(), 'options-signals-'));
const store = await Store.open(folder);
const files = (await readdir(data)).filter((name) => /^chains_.*\.parquet$|^underlying_day\.parquet$/.test(name)).sort();
await importFrom(await openFiles(files.map((name) => ({ path: join(data, name) }))), store, { clock: systemClock });
say(`imported ${files.join(', ')}`);
const { found, underlyings, chainSessions, views, milliseconds } = await detectAll(store, market);
await rm(folder, { recursive: true });
say(`${found.length} signals in ${views} views of ${underlyings.length} underlyings, ${chainSessions} sessions; ${milliseconds.median.toFixed(2)} ms a view in the median`);

const priced = underlyings.filter((name) => market.symbols.includes(name));
const withOpens = priced.filter((name) => market.open[market.symbols.indexOf(name)].some(Number.isFinite));
const rng = createRng(Number(flags.seed));
const [all, opens] = [new EffectStudy(market, priced, rng), new EffectStudy(market, withOpens, rng)];

/** Every study that is made: of which signal and directions, what of, on which names. */
const plan = OPTIONS_SIGNALS.flatMap(({ name }): { study: EffectStudy; events: Detection[]; request: StudyRequest }[] => {
  const of = (...wanted: string[]): Detection[] => found.filter(({ signal }) => signal.signal === name && wanted.includes(signal.direction));
  const sided = of('up', 'down');
  const request = (direction: string, outcome: Outcome): StudyRequest => ({ signal: name, direction, outcome });
  return [
    { study: all, events: sided, request: request('up and down', 'return') },
    { study: opens, events: sided, request: request('up and down', 'fill') },
    { study: all, events: sided, request: request('up and down', 'movement') },
    ...(['volatile', 'neutral'] as const).map((direction) => ({ study: all, events: of(direction), request: request(direction, 'movement') })),
  ].filter(({ events }) => events.length > 0);
});
const effects: Effect[] = plan.flatMap(({ study, events, request }) => study.study(events, request));
say(`${effects.length} effects`);
const counts = OPTIONS_SIGNALS.map(({ name, family }) => {
  const own = found.filter(({ signal }) => signal.signal === name);
  const by = (wanted: string): number => own.filter(({ signal }) => signal.direction === wanted).length;
  return { name, family, up: by('up'), down: by('down'), volatile: by('volatile'), neutral: by('neutral'), underlyings: new Set(own.map(({ underlying }) => underlying)).size, sessions: new Set(own.map(({ t }) => t)).size };
});

const isFind = ({ p }: Effect): boolean => p !== null && p < 0.05;
/** How many p-values below 5 % there are when each name has the signals of another. */
const relabelled = Array.from({ length: RELABELLED }, (_, i) => plan.flatMap(({ study, events, request }) => study.study(study.relabelled(events, rng.fork(`names ${i} ${request.outcome === 'fill'}`)), { ...request, replicates: 1 })).filter(isFind).length);
say(`relabelled ${RELABELLED} times`);

const tested = effects.filter(({ p }) => p !== null);
const pValues = tested.map(({ p }) => p as number);
const [family, discovery] = [holm(pValues), benjaminiHochberg(pValues)];
const rows = effects.map((effect) => {
  const test = tested.indexOf(effect);
  return { ...effect, holm: test < 0 ? null : family[test], benjaminiHochberg: test < 0 ? null : discovery[test] };
});
const chainDays = [...new Set(found.map(({ t }) => t))].sort((a, b) => a - b).map((t) => fromEpochDay(market.sessions[t]));
const summary = {
  settings: { seed: Number(flags.seed), horizons: HORIZONS, costAFill: COST_A_FILL },
  underlyings: underlyings.length, chainSessions, views, withBars: priced.length, withOpens: withOpens.length, firstSignal: chainDays[0], lastSignal: chainDays.at(-1), milliseconds, tests: tested.length,
  below5: effects.filter(isFind).length, below5Relabelled: { mean: relabelled.reduce((sum, count) => sum + count, 0) / RELABELLED, most: Math.max(...relabelled), asMany: relabelled.filter((count) => count >= effects.filter(isFind).length).length / RELABELLED }, below5Holm: [...family].filter((p) => p < 0.05).length, below5BenjaminiHochberg: [...discovery].filter((p) => p < 0.05).length,
};
const line = (value: unknown): string => `  ${JSON.stringify(value)}`;
await writeFile(flags.out, `{"summary": ${JSON.stringify(summary)},\n"counts": [\n${counts.map(line).join(',\n')}\n],\n"effects": [\n${rows.map(line).join(',\n')}\n]}\n`);
say(`${tested.length} tests, ${summary.below5} below 5 % by themselves, ${summary.below5Holm} by Holm, ${summary.below5BenjaminiHochberg} by Benjamini and Hochberg; kept in ${flags.out}`);
