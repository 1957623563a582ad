import { serveTasks, transferring } from '../../core/worker-tasks.js';
import { predictContributions, predictScores } from './predict.js';
import type { PredictTask } from './ranker-tasks.js';
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
};

serveTasks(tasks);
