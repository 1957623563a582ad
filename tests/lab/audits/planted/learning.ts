import type { AuditedScorer } from '../../../../src/backtest/audits/leakage/learning.js';
import { samplesOf, type DatasetTables } from '../../../../src/dataset/samples-of.js';
import type { Scaler } from '../../../../src/dataset/scaler/scaler.js';
import { standardScaler } from '../../../../src/dataset/scaler/standard-scaler.js';
import { positions } from '../../../../src/dataset/split/purge.js';
import type { Splitter } from '../../../../src/dataset/split/splitter.js';
import { mean, standardDeviation } from '../../../../src/math/stats.js';
import type { Panel } from '../../../../src/table/panel.js';

/** Fault: features are brought to mean 0 and deviation 1 over all sessions, those to come among them, and added up. */
export const zScoresOfEverything: AuditedScorer = {
  name: 'sum of z-scores',
  scores({ features }, folds) {
    const width = features.sessions.length;
    const z = standardized(features);
    const score = new Float64Array(features.symbols.length * width).fill(Number.NaN);
    for (const t of folds.flatMap(({ test }) => [...test])) for (let at = t; at < score.length; at += width) score[at] = z.columnNames.reduce((sum, name) => sum + (z.column(name)[at] || 0), 0);
    return features.columns([]).with({ score });
  },
};

function standardized(features: Panel): Panel {
  return features.with(Object.fromEntries(features.columnNames.map((name) => {
    const known = features.column(name).filter((value) => !Number.isNaN(value));
    const [centre, deviation] = [mean(known), standardDeviation(known)];
    return [name, features.column(name).map((value) => (value - centre) / deviation)];
  })));
}

/** Fault: a scaler that is fitted once, on everything, and then handed to every fold. */
export function scalerOfEverything(tables: DatasetTables): Scaler {
  const fitted = standardScaler().fit(samplesOf(tables, positions(0, tables.features.sessions.length), { labelled: false }));
  return { ...standardScaler(), name: 'fitted once', fit: () => fitted };
}

/** Fault: test follows training at once, and labels of the one reach into the other. */
export function unpurged({ train, test }: { readonly train: number; readonly test: number }): Splitter {
  return {
    name: 'plain walk-forward',
    params: { train, test },
    split({ sessions }) {
      const folds = [];
      for (let from = train; from < sessions; from += test) folds.push({ train: positions(from - train, from), test: positions(from, Math.min(from + test, sessions)) });
      return folds;
    },
  };
}
