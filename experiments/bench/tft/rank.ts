/** A rank of the benchmark's ranks: steps whenever it is told to, until it is told to end. */
import { serveRank } from 'swinglab/tensor';
import { prepareStep, WORK } from './step.ts';

interface Task {
  readonly width: number;
  /** Steps asked for, steps done by all ranks together, whether to end, and the loss of the last that was not finite or else of rank 0. */
  readonly control: SharedArrayBuffer;
}

await serveRank<Task, number>(async ({ rank, world, task, reducer }) => {
  const control = new Int32Array(task.control);
  const step = await prepareStep('wasm', task.width, { windows: WORK.windows / world, reducer });
  const done = (): void => {
    Atomics.add(control, 1, 1);
    Atomics.notify(control, 1);
  };
  done();
  for (let asked = 0; ; asked++) {
    while (Atomics.load(control, 0) === asked) Atomics.wait(control, 0, asked);
    if (Atomics.load(control, 2) === 1) return step.parameters;
    const loss = await step.run();
    if (rank === 0 || !Number.isFinite(loss)) new Float32Array(task.control, 12, 1)[0] = loss;
    done();
  }
});
