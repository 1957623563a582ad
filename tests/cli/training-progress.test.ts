import { describe, expect, it } from 'vitest';

import { TrainingProgress } from '../../src/cli/training/training-progress.js';
import { resumeCommand } from '../../src/cli/training/resume-command.js';
import type { FitEvent } from '../../src/models/forecaster.js';
import { openBackend } from '../../src/tensor/backend.js';
import { disposeTree } from '../../src/tensor/parameters.js';
import { train } from '../../src/training/trainer.js';
import { noisyLine } from '../training/noisy-line.js';

/** A terminal: what is written, and the lines that a person sees in the end. */
function terminal({ isTTY = true, columns }: { readonly isTTY?: boolean; readonly columns?: number } = {}) {
  const written: string[] = [];
  return {
    isTTY,
    ...(columns === undefined ? {} : { columns }),
    written,
    write: (text: string) => written.push(text),
    lines: () => written.join('').split('\n').map((line) => line.split('\r\u001b[2K').at(-1)!),
  };
}

/** Shows the events of a real training of two epochs of five steps, one every 100 ms. */
async function shown(stream: ReturnType<typeof terminal>, mark = ''): Promise<void> {
  await openBackend('wasm');
  let now = 0;
  const progress = new TrainingProgress(stream, { mark, now: () => (now += 100) });
  const { task, data, params } = noisyLine();
  const training = train(task, data, { rate: 0.05, maxEpochs: 2, seed: 5 });
  for (let step = await training.next(); ; step = await training.next()) {
    if (step.done) {
      step.value.optimizer.dispose();
      break;
    }
    progress.show({ kind: 'training', event: step.value });
  }
  progress.end();
  disposeTree(params);
}

describe('the progress of a training', () => {
  it('is a bar on a terminal, drawn over itself, and lines that stay', async () => {
    const screen = terminal({ columns: 300 });
    await shown(screen);
    expect(screen.lines()).toEqual(['5 parameters', expect.stringMatching(/^epoch 0: loss .*, the best so far$/), expect.stringMatching(/^epoch 1: loss /), 'stopped: 2 epochs are done', '']);
    const bars = screen.written.filter((text) => text.includes('['+'█'));
    expect(bars.length).toBeGreaterThanOrEqual(5);
    expect(bars.at(-1)).toContain('[████████████████████████] epoch 1, 5 of 5 batches: loss ');
    expect(bars.at(-1)).toMatch(/rate 5\.0e-2, \d.* steps\/s, .* left in the epoch; epoch 0: validation loss/);
    expect(bars.every((text) => text.startsWith('\r\u001b[2K') && !text.includes('\n'))).toBe(true);
  });

  it('fits the terminal, and says of every line that the market is made up', async () => {
    const screen = terminal({ columns: 60 });
    await shown(screen, 'SYNTHETIC ');
    expect(screen.written.filter((text) => text.includes('█')).every((text) => text.replace('\r\u001b[2K', '').length < 60 && text.includes('SYNTHETIC '))).toBe(true);
    expect(screen.lines().slice(0, -1).every((line) => line.startsWith('SYNTHETIC '))).toBe(true);
  });

  it('is a line an epoch elsewhere', async () => {
    const screen = terminal({ isTTY: false });
    await shown(screen);
    expect(screen.written).toHaveLength(4);
    expect(screen.written.join('')).not.toContain('\r');
  });

  it('is a line every 25 rounds of what is no network, with a bar between on a terminal', () => {
    const rounds: FitEvent[] = Array.from({ length: 60 }, (_, i) => ({ kind: 'round', round: i + 1, rounds: 100, validation: { ndcg: 0.5 } }));
    for (const isTTY of [true, false]) {
      const screen = terminal({ isTTY });
      let now = 0;
      const progress = new TrainingProgress(screen, { now: () => (now += 100) });
      for (const event of [...rounds, { kind: 'stopped', round: 60, best: 41, reason: 'no gain for 20 rounds' } as const]) progress.show(event);
      progress.end();
      expect(screen.lines()).toEqual(['round 25 of 100, ndcg 0.5000', 'round 50 of 100, ndcg 0.5000', 'stopped after 60 rounds, best 41: no gain for 20 rounds', '']);
      expect(screen.written.some((text) => text.includes('█'))).toBe(isTTY);
    }
  });

  it('leaves no line where only the bar is wanted', () => {
    const screen = terminal();
    let now = 0;
    const progress = new TrainingProgress(screen, { mark: 'fold 2 of 3: ', onlyBar: true, now: () => (now += 100) });
    for (let round = 1; round <= 30; round++) progress.show({ kind: 'round', round, rounds: 100, validation: {} });
    progress.show({ kind: 'stopped', round: 30, best: 12, reason: 'enough' });
    expect(screen.written.filter((text) => text.includes('fold 2 of 3: round '))).toHaveLength(30);
    expect(screen.lines()).toEqual(['']);
  });

  it('the command that goes on is read back by a shell as it was given', () => {
    expect(resumeCommand('foundation', { param: { width: 16, note: "it's", wide: 'a b' }, useSynthetic: true, endDate: '2017-12-15', maxTime: 90, maxEpochs: 4, seed: 3 }, { config: 'my config.yaml', set: ['data.history=900'] })).toBe(String.raw`swing --config 'my config.yaml' --set data.history=900 train foundation --use-synthetic --end-date 2017-12-15 --param width=16 --param 'note=it'\''s' --param 'wide=a b' --seed 3 --max-epochs 4 --resume`);
  });
});
