/**
 * Scores of the ranker for every member and session from 2010 on, each by a model that had not seen it: kept in a folder, one file a seed,
 * because learning them takes most of the time of the experiment.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { tableFromIPC, tableToIPC } from 'apache-arrow';

import { fromArrow, isoDate, lightgbm, toArrow, toEpochDay, walkForward, type Lab, type Scores } from '../../dist/index.js';

/** Families of features that learning on all members takes minutes with, not hours; with Alpha158 beside them experiments/ranker found rank ICs as large within their noise. */
const FEATURES = ['momentum', 'trend', 'volatility', 'volume', 'structure'];
const [TRAIN, TEST, HORIZON] = [1250, 252, 5];

export interface RankerScoresRequest {
  readonly folder: string;
  /** First session that is foretold. */
  readonly from: string;
  readonly seeds: readonly number[];
}

/** Scores by seed: those that the folder lacks are learnt. */
export async function rankerScores(lab: Lab, { folder, from, seeds }: RankerScoresRequest): Promise<Scores[]> {
  await mkdir(folder, { recursive: true });
  const path = (seed: number): string => join(folder, `ranker-seed-${seed}`);
  const missing = seeds.filter((seed) => !existsSync(`${path(seed)}.json`));
  if (missing.length > 0) {
    const bars = await lab.panel();
    const X = await lab.features(bars, FEATURES);
    const y = lab.labels(bars, { horizon: HORIZON, residual: 'sector', rank: true });
    const start = bars.sessions.findIndex((day) => day >= toEpochDay(isoDate(from)));
    const splitter = walkForward({ train: TRAIN, test: TEST, start });
    for (const seed of missing) {
      const began = performance.now();
      const scores = await lab.crossFit(lightgbm(), X, y, splitter, { seed, fresh: true, onEvent: (event) => event.kind === 'fold' && process.stderr.write(`ranker, seed ${seed}: fold ${event.fold} of ${event.folds}, ${((performance.now() - began) / 1000).toFixed(0)} s\n`) });
      await keep(path(seed), scores);
    }
  }
  return Promise.all(seeds.map((seed) => read(path(seed))));
}

async function keep(path: string, { panel, ...facts }: Scores): Promise<void> {
  await writeFile(`${path}.arrow`, tableToIPC(toArrow(panel), 'file'));
  await writeFile(`${path}.json.partial`, JSON.stringify(facts, null, 1));
  await rename(`${path}.json.partial`, `${path}.json`);
}

async function read(path: string): Promise<Scores> {
  const facts = JSON.parse(await readFile(`${path}.json`, 'utf8')) as Omit<Scores, 'panel'>;
  return { ...facts, panel: fromArrow(tableFromIPC(await readFile(`${path}.arrow`))) };
}
