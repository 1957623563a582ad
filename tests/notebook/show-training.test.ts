import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { collect, type EventStream } from '../../src/core/events.js';
import { textOf } from '../../src/notebook/show.js';
import { showTraining } from '../../src/notebook/show-training.js';
import { openBackend } from '../../src/tensor/backend.js';
import { disposeTree } from '../../src/tensor/parameters.js';
import type { TrainEvent, TrainResult } from '../../src/training/task.js';
import { train } from '../../src/training/trainer.js';
import { temporaryRoot } from '../temporary-root.js';
import { noisyLine } from '../training/noisy-line.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NOTEBOOKS = join(ROOT, 'notebooks');
const chromium = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'].find((path) => path !== undefined && path !== '' && existsSync(path));
const isInstalled = chromium !== undefined && existsSync(join(NOTEBOOKS, 'node_modules/tslab')) && existsSync(join(ROOT, 'dist/notebook/show-training.js'));
if (!isInstalled) console.warn('tests/notebook/show-training.test.ts skips what needs tslab, dist and Chromium: npm --prefix notebooks ci, npm run build, CHROMIUM_PATH');

beforeAll(() => openBackend('wasm'));

async function* line(settings: Partial<Parameters<typeof train>[2]> = {}): EventStream<TrainEvent, TrainResult> {
  const { task, data, params } = noisyLine();
  try {
    const result = yield* train(task, data, { rate: 0.05, maxEpochs: 3, seed: 5, ...settings });
    result.optimizer.dispose();
    return result;
  } finally {
    disposeTree(params);
  }
}

/** What is printed by work. */
async function printed(work: () => Promise<unknown>): Promise<string> {
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    await work();
  } finally {
    write.mockRestore();
  }
  return text;
}

describe('showing a training', () => {
  it('gives what the stream ends with, and outside a notebook prints each epoch and what stays', async () => {
    let result: TrainResult | null = null;
    const text = await printed(async () => (result = await showTraining(line())));
    const { result: same } = await collect(line());
    expect(result!.history).toEqual(same.history);
    expect(text).toMatch(/^5 parameters\nepoch 0: loss \d.*, validation loss \d.*, step 5, .*, the best so far\nepoch 1: .*\nepoch 2: .*\nTraining: 3 epochs, 15 steps: 3 epochs are done\.\nThe best was epoch 2: loss .*\n\[chart "Training": loss by step \(scatter\), 15 points; training \(scatter\), 3 points; validation \(scatter\), 3 points; learning rate \(scatter\), 15 points\]\n$/);
  });

  it('says what ended a training that failed, and lets the failure through', async () => {
    const text = await printed(() => expect(showTraining(line({ rate: 1e30, maxEpochs: 9 }))).rejects.toMatchObject({ code: 'DIVERGED' }));
    expect(text).toMatch(/Training: .* ended by: expected a finite loss/);
  });

  it('shows rounds of what is no network', async () => {
    async function* rounds(): EventStream<{ kind: 'round'; round: number; rounds: number; validation: Record<string, number> }, string> {
      for (let round = 1; round <= 50; round++) yield { kind: 'round', round, rounds: 50, validation: { ndcg: round / 100 } };
      return 'done';
    }
    expect(await printed(async () => expect(await showTraining(rounds())).toBe('done'))).toBe('round 25 of 50, ndcg 0.2500\nround 50 of 50, ndcg 0.5000\nTraining: round 50 of 50, ndcg 0.5000.\n');
  });

  it('show prints what a training ended with', async () => {
    const { result } = await collect(line());
    const text = textOf(result);
    expect(text).toMatch(/^Training over 3 epochs and 15 steps\nIt ended because 3 epochs are done. The best was epoch 2.\n/);
    expect(text).toContain('validation loss');
    expect(text).toContain('[chart "Training": training (scatter), 3 points; validation (scatter), 3 points]');
  });
});

describe.skipIf(!isInstalled)('in a notebook', { timeout: 180_000 }, () => {
  const folder = isInstalled ? mkdtempSync(join(temporaryRoot(), 'swing-notebook-')) : '';
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('draws one output anew while the cell runs, and leaves its curves in a small file', () => {
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(ROOT, join(folder, 'node_modules', 'swinglab'));
    const cell = `import { showTraining } from "swinglab";
const sent: any[] = [];
const jupyter = require("${join(NOTEBOOKS, 'node_modules/tslab/dist/jupyter.js')}");
const send = jupyter.lastWriteDisplayData;
jupyter.lastWriteDisplayData = (message: any, isUpdate: boolean) => { sent.push([message.transient.display_id, isUpdate]); send(message, isUpdate); };
async function* stream(): AsyncGenerator<any, string, void> {
  for (let epoch = 0; epoch < 4; epoch++) {
    for (let i = 0; i < 300; i++) {
      const step = epoch * 300 + i + 1;
      yield { kind: "training", event: { kind: "step", epoch, step, batch: i + 1, batches: 300, loss: 1 / step, norm: 1, rate: 0.001, gradients: null } };
      if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    yield { kind: "training", event: { kind: "epoch", epoch, step: (epoch + 1) * 300, train: 0.5 / (epoch + 1), validation: { loss: 0.6 / (epoch + 1), rankIc: 0.01 * epoch }, isBest: true, seconds: 1 } };
  }
  return "result";
}
const got = await showTraining(stream(), { every: 5 });`;
    const check = 'console.log(JSON.stringify([got, new Set(sent.map(([id]) => String(id))).size, sent.filter(([, isUpdate]) => isUpdate).length > 3, sent.length < 400]))';
    const file = join(folder, 'a.ipynb');
    const cells = [cell, check].map((source) => ({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source }));
    writeFileSync(file, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 }));
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(NOTEBOOKS, 'run.cjs'), '--store', file], { encoding: 'utf8', env: { ...process.env, CHROMIUM_PATH: chromium! } });
    expect({ status, said: stdout + stderr }).toMatchObject({ status: 0 });
    const text = readFileSync(file, 'utf8');
    expect(text.length).toBeLessThan(200_000);
    const { outputs } = JSON.parse(text).cells[0];
    expect(outputs).toHaveLength(2);
    expect(outputs[0].data['text/plain'].join('')).toBe('Training: 4 epochs, 1,200 steps.\nThe best was epoch 3: loss 0.125, validation loss 0.15, rank IC 0.03.');
    expect(outputs[1].data['text/plain'].join('')).toContain('[chart "Training"');
    expect(JSON.parse(JSON.parse(text).cells[1].outputs[0].text[0])).toEqual(['result', 2, true, true]); // the output that is drawn anew, and the chart
  });
});
