/**
 * Judges what runs foretold on the sessions of the test: rank IC, paired differences to LightGBM, combinations, pinball loss, coverage of intervals.
 *
 *     node experiments/foundation/judge.ts --data <project folder> --out results.json <kept files of run.ts …>
 *
 * All are judged on the same stocks: those of which every model that is given says something.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { compareScores, conformalIntervals, createRng, evaluateScores, fromEpochDay, isoDate, open, Panel, pinballLoss, toEpochDay, type ScoreEvaluation, type SeriesSummary } from '../../dist/index.js';
import { SPANS } from './data.ts';

interface Kept {
  readonly model: string;
  readonly seed: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly features: readonly string[];
  readonly facts: { readonly members?: readonly { readonly epochs: number; readonly best: number | null; readonly stopped: string }[] };
  readonly trainedSeconds: number;
  readonly seconds: number;
  readonly symbols: readonly string[];
  readonly sessions: readonly number[];
  readonly counts: readonly number[];
  readonly rows: readonly number[];
  readonly scores: string;
  readonly levels?: readonly number[];
  readonly quantiles?: readonly string[];
}

const HORIZON = 5;
const LEVELS = [0.05, 0.1, 0.5, 0.9, 0.95];

const { values: flags, positionals: files } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' }, out: { type: 'string' } } });
if (flags.data === undefined || flags.out === undefined || files.length === 0) throw new Error('expected --data <project folder>, --out <file> and files that run.ts has kept');

const lab = await open({ data: flags.data });
const bars = await lab.panel();
const labels = lab.labels(bars, { horizon: HORIZON, residual: 'sector' });
const [label, returns, scale] = ['label', 'return', 'scale'].map((name) => labels.panel.column(name) as Float64Array);
const scaled = label.map((value, i) => value / scale[i]);
const width = bars.sessions.length;
const at = (day: string): number => bars.sessions.findIndex((session) => session >= toEpochDay(isoDate(day)));
const [foretell, test] = [at(SPANS.foretellFrom), at(SPANS.testFrom)];

const runs: Kept[] = [];
for (const file of files) runs.push(JSON.parse(await readFile(file, 'utf8')) as Kept);

/** Values [symbol, session] over the axes of the bars; NaN where nothing was foretold. */
function table(kept: Kept, text: string): Float64Array {
  const values = new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
  const found = new Float64Array(bars.symbols.length * width).fill(Number.NaN);
  const rowOf = kept.symbols.map((symbol) => bars.row(symbol));
  let sample = 0;
  kept.sessions.forEach((day, group) => {
    const t = bars.indexOnOrBefore(day);
    for (const end = sample + kept.counts[group]; sample < end; sample++) found[rowOf[kept.rows[sample]] * width + t] = values[sample];
  });
  return found;
}

const meanOf = (all: readonly Float64Array[]): Float64Array => all[0].map((_, i) => all.reduce((sum, one) => sum + one[i], 0) / all.length);

/** Centred ranks within each session, in (−½, ½). */
function ranked(values: Float64Array): Float64Array {
  const found = new Float64Array(values.length).fill(Number.NaN);
  for (let t = foretell; t < width; t++) {
    const cells = bars.symbols.map((_, row) => row * width + t).filter((cell) => !Number.isNaN(values[cell])).sort((a, b) => values[a] - values[b]);
    cells.forEach((cell, i) => (found[cell] = (i + 0.5) / cells.length - 0.5));
  }
  return found;
}

interface Candidate {
  readonly name: string;
  readonly runs: readonly Kept[];
  readonly scores: Float64Array;
  /** Own quantiles by level, [level]; `null` of models that have none. */
  readonly quantiles: readonly Float64Array[] | null;
}

function nameOf({ model, params }: Kept): string {
  if (model !== 'foundation') return model;
  const { graphLayers, ...rest } = params;
  return `${graphLayers === 0 ? 'foundation without graph' : 'foundation'}${JSON.stringify(rest) === JSON.stringify({ ...runs.find((run) => run.model === 'foundation')!.params, graphLayers: undefined }) ? '' : ' (other settings)'}`;
}

const groups = new Map<string, Kept[]>();
for (const run of runs) groups.set(nameOf(run), [...(groups.get(nameOf(run)) ?? []), run].sort((a, b) => a.seed - b.seed));
const candidates = [...groups].flatMap(([name, group]): Candidate[] => {
  if (new Set(group.map(({ params, features }) => JSON.stringify([params, features]))).size > 1) throw new Error(`expected runs of "${name}" that differ in their seed alone, found other settings among them`);
  for (const { levels } of group) if (levels && JSON.stringify(levels) !== JSON.stringify(LEVELS)) throw new Error(`expected quantiles at ${LEVELS.join(', ')}, found ${levels.join(', ')} in "${name}"`);
  const each = group.map((kept): Candidate => ({ name: group.length === 1 ? name : `${name}, seed ${kept.seed}`, runs: [kept], scores: table(kept, kept.scores), quantiles: kept.quantiles?.map((text) => table(kept, text)) ?? null }));
  if (each.length === 1) return each;
  return [...each, { name: `${name}, mean of the seeds`, runs: group, scores: meanOf(each.map(({ scores }) => ranked(scores))), quantiles: each[0].quantiles && LEVELS.map((_, level) => meanOf(each.map(({ quantiles }) => quantiles![level]))) }];
});
const find = (name: string): Candidate | undefined => candidates.find((one) => one.name === `${name}, mean of the seeds`) ?? candidates.find((one) => one.name === name);
for (const other of ['foundation', 'foundation without graph', 'ridge', 'momentum']) {
  const [one, two] = [find('lightgbm'), find(other)];
  if (one && two) candidates.push({ name: `lightgbm + ${other}`, runs: [], scores: meanOf([ranked(one.scores), ranked(two.scores)]), quantiles: null });
}

/** Where everyone says something. */
const isCommon = label.map((_, i) => Number(candidates.every(({ scores }) => !Number.isNaN(scores[i])) && scale[i] > 0));

function evaluated({ scores }: Candidate): ScoreEvaluation {
  const judged = scores.map((score, i) => (i % width >= test && isCommon[i] === 1 ? score : Number.NaN));
  return evaluateScores({ scores: new Panel({ symbols: bars.symbols, sessions: bars.sessions, columns: { score: judged } }), label, returns, horizon: HORIZON, rng: createRng(1).fork('judge') });
}

/** The line of scaled outcomes on ranks in 2021, and quantiles of its errors: what a rank was followed by, for every model alike. */
function quantilesOfRanks(scores: Float64Array | null): (cell: number) => readonly number[] {
  const ranks = scores === null ? null : ranked(scores.map((score, i) => (isCommon[i] === 1 ? score : Number.NaN)));
  const known: number[] = [];
  for (let row = 0; row < bars.symbols.length; row++) for (let t = foretell; t < test - labels.span; t++) if (isCommon[row * width + t] === 1 && Number.isFinite(scaled[row * width + t])) known.push(row * width + t);
  const mean = (of: (cell: number) => number): number => known.reduce((sum, cell) => sum + of(cell), 0) / known.length;
  const x = (cell: number): number => (ranks === null ? 0 : ranks[cell]);
  const [mx, my] = [mean(x), mean((cell) => scaled[cell])];
  const slope = ranks === null ? 0 : mean((cell) => (x(cell) - mx) * (scaled[cell] - my)) / mean((cell) => (x(cell) - mx) ** 2);
  const errors = Float64Array.from(known, (cell) => scaled[cell] - my - slope * (x(cell) - mx)).sort();
  const shifts = LEVELS.map((level) => errors[Math.min(errors.length - 1, Math.floor(level * errors.length))]);
  return (cell) => shifts.map((shift) => my + slope * (x(cell) - mx) + shift);
}

/** Pinball loss, the mean over stocks, sessions and levels, on the sessions of the test. */
function pinballOf(quantiles: (cell: number) => readonly number[]): number {
  let [sum, count] = [0, 0];
  for (let row = 0; row < bars.symbols.length; row++) {
    for (let t = test; t < width; t++) {
      const cell = row * width + t;
      if (isCommon[cell] === 0 || !Number.isFinite(scaled[cell])) continue;
      const told = quantiles(cell);
      LEVELS.forEach((level, i) => (sum += pinballLoss(scaled[cell], told[i], level)));
      count++;
    }
  }
  return sum / count / LEVELS.length;
}

const figures = new Map(candidates.map((candidate) => [candidate.name, evaluated(candidate)]));
const reference = find('lightgbm');
const short = ({ mean, t, interval, icir, sessions }: SeriesSummary): object => ({ mean, t, interval, icir, sessions });
const rows = candidates.map((candidate) => {
  const own = figures.get(candidate.name)!;
  const beside = reference && reference.name !== candidate.name ? compareScores(own, figures.get(reference.name)!, { rng: createRng(2).fork(candidate.name) }).rankIc : null;
  return {
    name: candidate.name,
    seconds: candidate.runs.map(({ seconds }) => seconds),
    epochs: candidate.runs.flatMap(({ facts }) => facts.members?.map(({ epochs, best, stopped }) => ({ epochs, best, stopped })) ?? []),
    rankIc: short(own.rankIc),
    byYear: Object.fromEntries(own.byYear.map(({ year, rankIc }) => [year, rankIc.mean])),
    spread: short(own.quantiles.spread.return),
    againstLightgbm: beside && short(beside),
    pinballByRank: pinballOf(quantilesOfRanks(candidate.scores)),
    pinballOwn: candidate.quantiles === null ? null : pinballOf((cell) => candidate.quantiles!.map((values) => values[cell])),
  };
});
const graph = find('foundation') && find('foundation without graph') ? short(compareScores(figures.get(find('foundation')!.name)!, figures.get(find('foundation without graph')!.name)!, { rng: createRng(3) }).rankIc) : null;

/** Shares of outcomes within the 80 % and 90 % intervals of the mean of the seeds by year: as they came, and corrected as outcomes became known. */
function coverage(): object[] {
  return candidates.filter(({ quantiles, runs: own }) => quantiles !== null && own.length === Math.max(...[...groups.values()].map((group) => group.length))).map(({ name, quantiles }) => {
    const days = Array.from({ length: width - foretell }, (_, i) => foretell + i);
    const column = (values: Float64Array, t: number): Float64Array => Float64Array.from(bars.symbols, (_, row) => values[row * width + t]);
    const interval = (low: number, high: number): { low: Float64Array[]; high: Float64Array[] } => ({ low: days.map((t) => column(quantiles![low], t)), high: days.map((t) => column(quantiles![high], t)) });
    const { intervals } = conformalIntervals(
      { forecasts: [interval(0, 4), interval(1, 3)], outcomes: days.map((t) => column(scaled, t)), sessions: days.map((t) => bars.sessions[t]), positions: days },
      { intervals: [{ low: 0.05, high: 0.95 }, { low: 0.1, high: 0.9 }], span: labels.span },
    );
    return { name, intervals: intervals.map(({ levels, coverage: corrected, uncorrected }) => ({ levels, corrected, uncorrected })) };
  });
}

const result = { spans: SPANS, last: fromEpochDay(bars.sessions[width - 1]), names: figures.get(candidates[0].name)!.names, pinballOfVolatilityAlone: pinballOf(quantilesOfRanks(null)), rows, foundationLessWithoutGraph: graph, coverage: coverage() };
await writeFile(flags.out, `${JSON.stringify(result, null, 1)}\n`);
process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);
