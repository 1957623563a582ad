import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { TrainingCourse } from '../../src/report/training/training-course.js';
import { trainingFigure } from '../../src/report/training/training-figure.js';
import { epochWords, timeWords, underWayWords, validationName } from '../../src/report/training/training-words.js';
import type { TrainEvent } from '../../src/training/task.js';

const BATCHES = 20;

function stepEvent(step: number, loss: number, own: Partial<Extract<TrainEvent, { kind: 'step' }>> = {}): TrainEvent {
  return { kind: 'step', epoch: Math.floor((step - 1) / BATCHES), step, batch: ((step - 1) % BATCHES) + 1, batches: BATCHES, loss, norm: 1, rate: 0.001, gradients: null, ...own };
}

function epochEvent(epoch: number, own: Partial<Extract<TrainEvent, { kind: 'epoch' }>> = {}): TrainEvent {
  return { kind: 'epoch', epoch, step: (epoch + 1) * BATCHES, train: 0.5, validation: { loss: 0.6, rankIc: 0.0123 }, isBest: epoch === 0, seconds: 4.8, ...own };
}

describe('the course of a training', () => {
  it('keeps few points whose mean is that of all whole stretches, at steps that rise', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 3000 }), (losses) => {
      const course = new TrainingCourse();
      losses.forEach((loss, i) => course.heed(stepEvent(i + 1, loss), i));
      const { points } = course;
      expect(points.length).toBeLessThan(400);
      const last = points.at(-1)?.step ?? 0;
      expect(last).toBeGreaterThan(losses.length * 0.98 - 16);
      const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
      if (last > 0) expect(mean(points.map(({ loss }) => loss))).toBeCloseTo(mean(losses.slice(0, last)), 9);
      expect(points.every(({ step }, i) => i === 0 || step > points[i - 1].step)).toBe(true);
      expect(course.step).toBe(losses.length);
    }), { numRuns: 60 });
  });

  it('measures speed and time left by its clock, and forgets them where validation came between', () => {
    const course = new TrainingCourse();
    expect([course.speed, course.secondsLeft]).toEqual([null, null]);
    for (let step = 1; step <= 11; step++) course.heed(stepEvent(step, 1), step * 250);
    expect(course.speed).toBeCloseTo(4, 9);
    expect(course.secondsLeft).toBeCloseTo(9 / 4, 9);
    course.heed(epochEvent(0), 99_999);
    expect([course.speed, course.secondsLeft, course.underWay]).toEqual([null, null, null]);
  });

  it('tells the loss of the epoch so far, and where one can go on from', () => {
    const course = new TrainingCourse();
    course.heed({ kind: 'training', event: { kind: 'started', parameters: 7, epoch: 1, step: 24, resumed: true } }, 0);
    expect([course.step, course.kept]).toEqual([24, { network: 0, step: 24 }]);
    course.heed({ kind: 'training', event: stepEvent(25, 1) }, 0);
    course.heed({ kind: 'training', event: stepEvent(26, 2) }, 0);
    expect(course.underWay?.loss).toBe(1.5);
    course.heed({ kind: 'training', event: { kind: 'checkpoint', file: 'last', reason: 'step' } }, 0);
    expect(course.kept).toEqual({ network: 0, step: 26 });
    course.heed({ kind: 'training', event: epochEvent(1) }, 0);
    course.heed({ kind: 'training', event: { kind: 'checkpoint', file: 'best', reason: 'best' } }, 0);
    expect(course.kept?.step).toBe(26);
    course.heed({ kind: 'training', event: { kind: 'checkpoint', file: 'last', reason: 'epoch' } }, 0);
    expect(course.kept?.step).toBe(40);
  });

  it('goes on counting where one network is learnt after another', () => {
    const course = new TrainingCourse();
    for (const network of [0, 1, 2]) {
      course.heed({ kind: 'started', parameters: 7, epoch: 0, step: 0, resumed: false }, 0);
      for (let step = 1; step <= BATCHES; step++) course.heed(stepEvent(step, 1), step);
      course.heed(epochEvent(0), 30);
      course.heed({ kind: 'checkpoint', file: 'last', reason: 'epoch' }, 30);
      expect([course.network, course.kept]).toEqual([network, { network, step: BATCHES }]);
    }
    expect(course.epochs.map(({ network, epoch, step }) => [network, epoch, step])).toEqual([[0, 0, 20], [1, 0, 40], [2, 0, 60]]);
    expect(course.points.map(({ step }) => step)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(epochWords(course.epochs[2])).toMatch(/^network 3, epoch 0: /);
  });
});

describe('a training in words', () => {
  it('is a line an epoch, and one that says where it stands', () => {
    const course = new TrainingCourse();
    course.heed(epochEvent(0), 0);
    for (let step = 21; step <= 26; step++) course.heed(stepEvent(step, 0.25), (step - 20) * 500);
    expect(epochWords(course.epochs[0])).toBe('epoch 0: loss 0.5, validation loss 0.6, rank IC 0.0123, step 20, 4.8 s, the best so far');
    expect(underWayWords(course)).toBe('epoch 1, 6 of 20 batches: loss 0.25, rate 1.0e-3, 2 steps/s, 7.0 s left in the epoch; epoch 0: validation loss 0.6, rank IC 0.0123');
    expect(epochWords({ ...course.epochs[0], validation: { loss: null } })).toContain('validation loss –');
  });

  it('names figures and times as people read them', () => {
    expect(['loss', 'rankIc', 'hitRateOfTop', 'ndcg'].map(validationName)).toEqual(['validation loss', 'rank IC', 'hit rate of top', 'ndcg']);
    expect([4.81, 59.94, 60, 200, 3600, 3905.4].map(timeWords)).toEqual(['4.8 s', '59.9 s', '1:00', '3:20', '1:00:00', '1:05:05']);
  });
});

describe('a training as a chart', () => {
  const epochs = Array.from({ length: 3 }, (_, epoch) => ({ epoch, step: (epoch + 1) * BATCHES, train: 1 / (epoch + 1), validation: { loss: 2, rankIc: epoch === 1 ? null : 0.01, never: null } }));
  const points = [{ step: 1, loss: 1, rate: 0.1 }];

  it('has a row for losses, each figure that ever had a value, and the rate, one below the other', () => {
    const { data, layout } = trainingFigure({ epochs, points })!;
    expect(data.map(({ name, yaxis }) => [name, yaxis])).toEqual([['loss by step', 'y'], ['training', 'y'], ['validation', 'y'], ['rank IC', 'y2'], ['learning rate', 'y3']]);
    const domains = ['yaxis', 'yaxis2', 'yaxis3'].map((axis) => (layout[axis] as { domain: [number, number] }).domain);
    for (const [i, [low, high]] of domains.entries()) {
      expect(low).toBeLessThan(high);
      expect(high).toBeLessThanOrEqual(i === 0 ? 1 : domains[i - 1][0]);
      expect(low).toBeGreaterThanOrEqual(0);
    }
    expect(data[3].y).toEqual([0.01, null, 0.01]);
    expect(layout).not.toHaveProperty('yaxis4');
  });

  it('is drawn of what is there: epochs alone, steps alone, nothing', () => {
    expect(trainingFigure({ epochs })!.data.map(({ name }) => name)).toEqual(['training', 'validation', 'rank IC']);
    expect(trainingFigure({ epochs: [], points })!.data.map(({ name }) => name)).toEqual(['loss by step', 'learning rate']);
    expect(trainingFigure({ epochs: [] })).toBeNull();
    const text = JSON.stringify(trainingFigure({ epochs, points }));
    expect(JSON.parse(text)).toEqual(trainingFigure({ epochs, points }));
  });
});
