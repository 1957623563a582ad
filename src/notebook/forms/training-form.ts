import { formatCount } from '../../report/format.js';
import { trainingFigure } from '../../report/training/training-figure.js';
import { validationName } from '../../report/training/training-words.js';
import type { EpochRecord } from '../../training/task.js';
import type { Form } from './form.js';

interface Trained {
  readonly history: readonly EpochRecord[];
  readonly best: EpochRecord | null;
  readonly steps: number;
  readonly reason: string;
}

/** What `train` ends with: its epochs as a table and as curves. */
export const trainingForm: Form = (value) => {
  if (!isTrained(value)) return null;
  const { history, best, steps, reason } = value;
  const figures = [...new Set(history.flatMap(({ validation }) => Object.keys(validation)))];
  const figure = trainingFigure({ epochs: history });
  return {
    title: `Training over ${formatCount(history.length, 'epoch')} and ${formatCount(steps, 'step')}`,
    text: [`It ended because ${reason}.${best === null ? '' : ` The best was epoch ${best.epoch}.`}`],
    tables: [{ caption: 'Mean loss of each epoch and figures on the validation batches at its end', columns: ['epoch', 'step', 'loss', ...figures.map(validationName)], rows: history.map(({ epoch, step, train, validation }) => [epoch, step, train, ...figures.map((name) => validation[name] ?? null)]) }],
    ...(figure === null ? {} : { figures: [figure] }),
  };
};

function isTrained(value: object): value is Trained {
  return 'history' in value && Array.isArray(value.history) && 'best' in value && 'steps' in value && 'reason' in value && typeof value.reason === 'string';
}
