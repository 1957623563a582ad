import { serveTasks, transferring } from '../../core/worker-tasks.js';
import { Booster } from './binding/booster.js';
import { loadNative } from './binding/native.js';
import { predictContributions, predictScores } from './predict.js';
import type { ModelTask, PredictTask } from './ranker-tasks.js';
import { train } from './train.js';

export type RankerTasks = typeof tasks;

const tasks = {
  train,
  predict(task: PredictTask) {
    const scores = predictScores(task);
    return transferring(scores, [scores.buffer as ArrayBuffer]);
  },
  explain(task: PredictTask) {
    const { values, base } = predictContributions(task);
    return transferring({ values, base }, [values.buffer as ArrayBuffer, base.buffer as ArrayBuffer]);
  },
  /** Nothing when the text is that of a model. */
  check({ library, text }: ModelTask) {
    using _booster = Booster.parse(loadNative(library), text);
  },
};

serveTasks(tasks);
