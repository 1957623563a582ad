import { serveTasks, transferring } from '../../core/worker-tasks.js';
import { evaluateBlock, type GridBlock, type GridJob } from './grid-block.js';

export type GridTasks = typeof tasks;

const tasks = {
  block({ job, block }: { readonly job: GridJob; readonly block: GridBlock }) {
    const sums = evaluateBlock(job, block);
    return transferring(sums, [sums.buffer as ArrayBuffer]);
  },
};

serveTasks(tasks);
