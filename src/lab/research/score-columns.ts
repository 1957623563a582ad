import type { Samples } from '../../dataset/samples.js';
import type { Prediction } from '../../models/trained-model.js';
import type { Panel } from '../../table/panel.js';

const COLUMNS = ['score', 'expected', 'low', 'high'] as const;
export type ScoreColumns = Record<(typeof COLUMNS)[number], Float64Array>;

/** Columns over the axes of a panel with nothing foretold yet. */
export function emptyColumns({ symbols, sessions }: Panel): ScoreColumns {
  const column = (): Float64Array => new Float64Array(symbols.length * sessions.length).fill(Number.NaN);
  return { score: column(), expected: column(), low: column(), high: column() };
}

/** Predictions of samples at their places in columns [symbol, session]. */
export function place(columns: ScoreColumns, prediction: Prediction, samples: Samples, { sessions }: Panel): void {
  const width = sessions.length;
  const position = new Map(Array.from(sessions, (day, t) => [day, t]));
  let sample = 0;
  samples.sessions.forEach((day, group) => {
    const t = position.get(day)!;
    for (const end = sample + samples.counts[group]; sample < end; sample++) {
      const at = samples.symbolRows[sample] * width + t;
      for (const name of COLUMNS) columns[name][at] = prediction[name][sample];
    }
  });
}
