/** Trains the line of the tests in the folder that is its last argument, resuming what is there, and prints a line for each step and the weights at the end. */
import { openBackend } from '../../src/tensor/backend.js';
import { flatten } from '../../src/tensor/parameters.js';
import { train } from '../../src/training/trainer.js';
import { noisyLine } from './noisy-line.js';

await openBackend('wasm');
const { task, data, params } = noisyLine({ rate: 0.2, batches: 40 });
const stream = train(task, data, { rate: 0.02, maxEpochs: 8, seed: 3, checkpoints: { folder: process.argv.at(-1)!, resume: true, every: 7, top: 2 } });
for await (const event of stream) if (event.kind === 'started' || event.kind === 'step') process.stdout.write(`${event.kind} ${event.step}\n`);
process.stdout.write(`weights ${[...flatten(params).values()].flatMap((tensor) => [...tensor.dataSync()]).join(' ')}\n`);
