/**
 * Judges what runs foretold on the sessions of the test: rank IC, pinball loss, paired differences, combinations, coverage of intervals.
 *
 *     node experiments/foundation/judge.ts --data <project folder> --out results.json <kept files of run.ts …>
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { conformalIntervals, createRng, drawBlocks, drawnMeans, fromEpochDay, isoDate, open, percentileInterval, pinballLoss, samplesOf, toEpochDay, type Samples } from '../../dist/index.js';
import { blockLength } from '../../dist/evaluation/block-bootstrap.js';
import { centredRank } from '../../dist/math/cross-section.js';
import { fitLine, mean, neweyWestT, quantile } from '../../dist/math/stats.js';
import { sessionRankIcs } from '../../dist/models/session-rank-ics.js';
import { sessionsOfSamples } from '../../dist/models/sessions-of-samples.js';
import { SPANS } from './data.ts';

interface Kept {
  readonly model: string;
  readonly seed: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly trainedSeconds: number;
  readonly seconds: number;
  readonly symbols: readonly string[];
  readonly sessions: readonly number[];
  readonly counts: readonly number[];
  readonly rows: readonly number[];
  readonly scores: string;
  readonly levels?: readonly number[];
  readonly quantiles?: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
}

const HORIZON = 5;
const LAGS = 5;
const LEVELS = [0.05, 0.1, 0.5, 0.9, 0.95];

const { values: flags, positionals: files } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' }, out: { type: 'string' } } });
if (flags.data === undefined || flags.out === undefined || files.length === 0) throw new Error('expected --data <project folder>, --out <file> and files that run.ts has kept');

const lab = await open({ data: flags.data });
const bars = await lab.panel();
const labels = lab.labels(bars, { horizon: HORIZON, residual: 'sector' });
const none = bars.columns([]);
const at = (day: string): number => bars.sessions.findIndex((session) => session >= toEpochDay(isoDate(day)));
const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);
const labelled = (from: number, to: number): Samples => samplesOf({ features: none, labels }, range(from, to), { labelled: true });
const test = labelled(at(SPANS.testFrom), bars.sessions.length);
const before = labelled(at(SPANS.foretellFrom), at(SPANS.testFrom) - labels.span); // what the pay-off of ranks and the errors are measured on
const years = Array.from(test.sessions, (day) => fromEpochDay(day).slice(0, 4));

const runs: Kept[] = [];
for (const file of files) runs.push(JSON.parse(await readFile(file, 'utf8')) as Kept);

/** A table of values over the axes of the bars. */
class Foretold {
  readonly #values: Float64Array;

  constructor(kept: Kept, text: string) {
    const values = new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
    this.#values = new Float64Array(bars.symbols.length * bars.sessions.length).fill(Number.NaN);
    const rowOf = kept.symbols.map((symbol) => (bars.hasSymbol(symbol) ? bars.row(symbol) : -1));
    let sample = 0;
    kept.sessions.forEach((day, group) => {
      const t = bars.indexOnOrBefore(day);
      for (const end = sample + kept.counts[group]; sample < end; sample++) if (rowOf[kept.rows[sample]] >= 0) this.#values[rowOf[kept.rows[sample]] * bars.sessions.length + t] = values[sample];
    });
  }

  of(samples: Samples): Float64Array {
    const found = new Float64Array(samples.length);
    for (const { session, start, end } of sessionsOfSamples(samples)) {
      const t = bars.indexOnOrBefore(session);
      for (let i = start; i < end; i++) found[i] = this.#values[samples.symbolRows[i] * bars.sessions.length + t];
    }
    return found;
  }
}

/** Centred ranks within each session. */
function ranks(samples: Samples, scores: Float64Array): Float64Array {
  const found = new Float64Array(samples.length);
  for (const { start, end } of sessionsOfSamples(samples)) found.set(centredRank(scores.subarray(start, end)), start);
  return found;
}

const meanOf = (all: readonly Float64Array[]): Float64Array => all[0].map((_, i) => mean(all.map((one) => one[i])));

interface Candidate {
  readonly name: string;
  readonly seconds: readonly number[];
  readonly test: Float64Array;
  readonly before: Float64Array;
  /** Own quantiles, [level][sample]. */
  readonly own: readonly Float64Array[] | null;
}

const candidates: Candidate[] = [];
const byName = new Map<string, Kept[]>();
for (const run of runs) {
  const name = run.model === 'foundation' ? (run.params['graphLayers'] === 0 ? 'foundation without graph' : 'foundation') : run.model;
  byName.set(name, [...(byName.get(name) ?? []), run]);
}
for (const [name, group] of byName) {
  const each = group.sort((a, b) => a.seed - b.seed).map((kept): Candidate => {
    const scores = new Foretold(kept, kept.scores);
    const own = kept.quantiles?.map((text) => new Foretold(kept, text).of(test)) ?? null;
    return { name: group.length === 1 ? name : `${name}, seed ${kept.seed}`, seconds: [kept.seconds], test: scores.of(test), before: scores.of(before), own };
  });
  candidates.push(...each);
  if (each.length > 1) candidates.push({ name: `${name}, mean of seeds`, seconds: each.flatMap(({ seconds }) => seconds), test: meanOf(each.map((one) => ranks(test, one.test))), before: meanOf(each.map((one) => ranks(before, one.before))), own: each[0].own === null ? null : each[0].own.map((_, level) => meanOf(each.map((one) => one.own![level]))) });
}
const find = (name: string): Candidate | undefined => candidates.find((one) => one.name === `${name}, mean of seeds`) ?? candidates.find((one) => one.name === name);
for (const [a, b] of [['lightgbm', 'foundation'], ['lightgbm', 'foundation without graph'], ['lightgbm', 'ridge'], ['lightgbm', 'momentum']]) {
  const [one, other] = [find(a), find(b)];
  if (one && other) candidates.push({ name: `${a} + ${b}`, seconds: [], test: meanOf([ranks(test, one.test), ranks(test, other.test)]), before: meanOf([ranks(before, one.before), ranks(before, other.before)]), own: null });
}

const scaledOf = (samples: Samples): Float64Array => samples.y!.map((y, i) => y / samples.scale[i]);
const scaled = { test: scaledOf(test), before: scaledOf(before) };

/** Pinball loss of quantiles, the mean over samples and levels. */
function pinballOf(quantiles: readonly Float64Array[]): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < test.length; i++) {
    if (!Number.isFinite(scaled.test[i]) || quantiles.some((one) => !Number.isFinite(one[i]))) continue;
    LEVELS.forEach((level, at_) => (sum += pinballLoss(scaled.test[i], quantiles[at_][i], level)));
    count++;
  }
  return sum / count / LEVELS.length;
}

/** Quantiles out of ranks: a line of scaled returns on ranks as it was before the test, and the quantiles of its errors; ranks of nothing give those of a model that knows only volatility. */
function linearQuantiles({ test: scores, before: past }: Pick<Candidate, 'test' | 'before'>): Float64Array[] {
  const rank = { test: ranks(test, scores), before: ranks(before, past) };
  const lines: { intercept: number; slope: number }[] = [];
  const errors: number[] = [];
  const known = (i: number): boolean => Number.isFinite(rank.before[i]) && Number.isFinite(scaled.before[i]);
  for (const { start, end } of sessionsOfSamples(before)) {
    const own = Array.from({ length: end - start }, (_, i) => start + i).filter(known);
    lines.push(fitLine(own.map((i) => rank.before[i]), own.map((i) => scaled.before[i])));
  }
  const [intercept, slope] = [mean(lines.map((line) => line.intercept)), mean(lines.map((line) => line.slope))].map((value) => (Number.isFinite(value) ? value : 0));
  for (let i = 0; i < before.length; i++) if (known(i)) errors.push(scaled.before[i] - intercept - slope * rank.before[i]);
  const sorted = Float64Array.from(errors).sort();
  return LEVELS.map((level) => rank.test.map((r) => intercept + slope * r + quantile(sorted, level)));
}

function series(candidate: Candidate): Float64Array {
  return sessionRankIcs(test, candidate.test);
}

function summary(values: Float64Array): { mean: number; interval: readonly [number, number]; t: number | null } {
  const draws = drawBlocks(values.length, { block: blockLength(values.length, HORIZON), rng: createRng(1).fork('rank ic') });
  return { mean: mean(values), interval: percentileInterval(drawnMeans(values, draws)), t: neweyWestT(values, LAGS) };
}

const reference = find('lightgbm');
const rows = candidates.map((candidate) => {
  const rankIcs = series(candidate);
  const byYear = Object.fromEntries([...new Set(years)].map((year) => [year, mean(rankIcs.filter((_, i) => years[i] === year))]));
  const difference = reference && reference !== candidate ? summary(rankIcs.map((value, i) => value - series(reference)[i])) : null;
  return {
    name: candidate.name, seconds: candidate.seconds, sessions: rankIcs.length, rankIc: summary(rankIcs), byYear,
    againstLightgbm: difference,
    pinballOwn: candidate.own === null ? null : pinballOf(candidate.own),
    pinballByRank: pinballOf(linearQuantiles(candidate)),
  };
});
const volatilityOnly = pinballOf(linearQuantiles({ test: new Float64Array(test.length).fill(1), before: new Float64Array(before.length).fill(1) }));
await writeFile(flags.out, `${JSON.stringify({ spans: SPANS, sessions: test.sessions.length, last: fromEpochDay(test.sessions[test.sessions.length - 1]), samples: test.length, volatilityOnly, rows, coverage: coverage() }, null, 1)}\n`);
for (const row of rows) process.stdout.write(`${row.name}: rank IC ${row.rankIc.mean.toFixed(4)} (${row.rankIc.interval.map((v) => v.toFixed(4)).join(' to ')}), t ${row.rankIc.t?.toFixed(2)}, pinball ${row.pinballOwn?.toFixed(5) ?? '–'} own, ${row.pinballByRank.toFixed(5)} by rank${row.againstLightgbm ? `, less LightGBM ${row.againstLightgbm.mean.toFixed(4)} t ${row.againstLightgbm.t?.toFixed(2)}` : ''}\n`);
process.stdout.write(`volatility only: pinball ${volatilityOnly.toFixed(5)}\n${JSON.stringify(coverage(), null, 1)}\n`);

/** Shares of outcomes within the foundation model's 80 % and 90 % intervals by year, as they came and calibrated over time. */
function coverage(): object[] {
  const span = labels.span;
  return [...byName].filter(([, group]) => group[0].quantiles !== undefined).map(([name, group]) => {
    const [from, to] = [at(SPANS.foretellFrom), bars.sessions.length];
    const all = samplesOf({ features: none, labels }, range(from, to), { labelled: false });
    const quantiles = LEVELS.map((_, level) => meanOf(group.map((kept) => new Foretold(kept, kept.quantiles![level]).of(all))));
    const label = labels.panel.column('label');
    const tables = [...sessionsOfSamples(all)].map(({ session, start, end }) => {
      const t = bars.indexOnOrBefore(session);
      const outcomes = Float64Array.from({ length: end - start }, (_, i) => label[all.symbolRows[start + i] * bars.sessions.length + t] / all.scale[start + i]);
      return { session, t, outcomes, rows: quantiles.map((values) => values.subarray(start, end)) };
    });
    const interval = (low: number, high: number) => ({ low: tables.map(({ rows: values }) => values[low]), high: tables.map(({ rows: values }) => values[high]) });
    const { intervals } = conformalIntervals(
      { forecasts: [interval(0, 4), interval(1, 3)], outcomes: tables.map(({ outcomes }) => outcomes), sessions: tables.map(({ session }) => session), positions: tables.map(({ t }) => t) },
      { intervals: [{ low: 0.05, high: 0.95 }, { low: 0.1, high: 0.9 }], span },
    );
    return { name, seeds: group.length, intervals: intervals.map(({ levels, coverage: corrected, uncorrected }) => ({ levels, corrected, uncorrected })) };
  });
}
