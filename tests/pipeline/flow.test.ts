import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { DataError, ProviderError } from '../../src/core/errors.js';
import { collect } from '../../src/core/events.js';
import { sha256 } from '../../src/core/hash.js';
import { runFlow, type FlowEvent, type FlowOptions, type FlowResult, type FlowStep, type StepRecord } from '../../src/pipeline/flow.js';
import { folderWith } from '../config/folder.js';

const RETRY = { attempts: 3, baseDelayMs: 1, maxDelayMs: 2, factor: 1 };

/** A step that notes each run and writes what it was told and what the step before wrote. */
function step(name: string, ran: string[], more: Partial<FlowStep> & { input?: () => string; previous?: string } = {}): FlowStep {
  const { input = () => 'same', previous, ...given } = more;
  return {
    name,
    describe: `does ${name}`,
    inputs: async () => ({ setting: input() }),
    async run({ read }) {
      ran.push(name);
      return { 'out.txt': `${name}(${input()}${previous === undefined ? '' : `, ${await read(previous, 'out.txt')}`})` };
    },
    ...given,
  };
}

/** Three steps of which each reads the one before; `setting` is an input of the second. */
function chain(ran: string[], setting: () => string = () => 'same'): FlowStep[] {
  return [step('a', ran), step('b', ran, { input: setting, previous: 'a' }), step('c', ran, { previous: 'b' })];
}

const run = (steps: readonly FlowStep[], folder: string, options: Partial<FlowOptions> = {}): Promise<{ events: FlowEvent[]; result: FlowResult }> => collect(runFlow(steps, { folder, retry: RETRY, ...options }));
const failing = (error: Error): Pick<FlowStep, 'run'> => ({ run: () => Promise.reject(error) });

describe('a flow', () => {
  it('runs its steps in order and hands on what they wrote', async () => {
    const ran: string[] = [];
    const folder = await folderWith({});
    const { result } = await run(chain(ran), folder);
    expect(ran).toEqual(['a', 'b', 'c']);
    expect(await result.read('c', 'out.txt')).toBe('c(same, b(same, a(same)))');
    expect(result.cached).toBe(false);
  });

  it('records inputs and outputs of each step by their hashes, chained from step to step', async () => {
    const folder = await folderWith({});
    const { result } = await run(chain([]), folder);
    const kept = JSON.parse(await readFile(join(folder, '2-b', 'record.json'), 'utf8')) as StepRecord;
    expect(kept).toEqual(result.records[1]);
    expect(kept).toMatchObject({ step: 'b', attempts: 1, outputs: { 'out.txt': sha256('b(same, a(same))') } });
    expect(kept.inputs).toEqual({ setting: 'same', 'step:a': result.records[0].outputHash });
    expect(Object.keys(result.records[2].inputs)).toEqual(['setting', 'step:a', 'step:b']);
  });

  it('tells what happens in the order in which it does', async () => {
    const progress = step('b', [], { async run({ progress: tell }) {
      tell(1, 2, 'rows');
      tell(2, null, 'rows');
      return {};
    } });
    const { events } = await run([step('a', []), progress], await folderWith({}));
    expect(events.map(({ durationMs: _, ...event }: any) => event)).toEqual([
      { kind: 'step-start', step: 'a', index: 0, count: 2, describe: 'does a' },
      { kind: 'step-end', step: 'a', index: 0, count: 2, cached: false },
      { kind: 'step-start', step: 'b', index: 1, count: 2, describe: 'does b' },
      { kind: 'step-progress', step: 'b', done: 1, total: 2, unit: 'rows' },
      { kind: 'step-progress', step: 'b', done: 2, total: null, unit: 'rows' },
      { kind: 'step-end', step: 'b', index: 1, count: 2, cached: false },
    ]);
  });
});

describe('a flow that is run again', () => {
  it('runs nothing when nothing changed', async () => {
    const ran: string[] = [];
    const folder = await folderWith({});
    const first = await run(chain(ran), folder);
    const second = await run(chain(ran), folder);
    expect(ran).toEqual(['a', 'b', 'c']);
    expect(second.result.cached).toBe(true);
    expect(second.result.records).toEqual(first.result.records);
    expect(second.events.flatMap((event) => (event.kind === 'step-end' ? [event.cached] : []))).toEqual([true, true, true]);
  });

  it('runs a step whose inputs changed and what follows from it, not what precedes it', async () => {
    const ran: string[] = [];
    const folder = await folderWith({});
    await run(chain(ran), folder);
    ran.length = 0;
    const { result } = await run(chain(ran, () => 'other'), folder);
    expect(ran).toEqual(['b', 'c']);
    expect(result.cached).toBe(false);
    expect(await result.read('c', 'out.txt')).toBe('c(same, b(other, a(same)))');
  });

  it('takes later steps as they are when the changed one writes the same', async () => {
    const ran: string[] = [];
    const folder = await folderWith({});
    const constant = (setting: string): FlowStep[] => [step('a', ran, { input: () => setting, run: async () => ({ 'out.txt': 'always' }) }), step('b', ran, { previous: 'a' })];
    await run(constant('one'), folder);
    ran.length = 0;
    const { result } = await run(constant('two'), folder);
    expect(ran).toEqual([]);
    expect(result.cached).toBe(false);
  });

  it('goes on after the step that failed', async () => {
    const ran: string[] = [];
    const folder = await folderWith({});
    const [a, b, c] = chain(ran);
    await expect(run([a, { ...b, ...failing(new Error('power cut')) }, c], folder)).rejects.toThrow('power cut');
    expect(ran).toEqual(['a']);
    const { result } = await run([a, b, c], folder);
    expect(ran).toEqual(['a', 'b', 'c']);
    expect(await result.read('c', 'out.txt')).toBe('c(same, b(same, a(same)))');
  });

  it('runs a step again that was killed between its artifact and its record', async () => {
    const ran: string[] = [];
    const folder = await folderWith({});
    await run(chain(ran), folder);
    await rm(join(folder, '2-b', 'record.json'));
    ran.length = 0;
    await run(chain(ran), folder);
    expect(ran).toEqual(['b']);
  });

  it.each([
    ['a record that is cut off', '2-b/record.json', '{"step":"b","inp'],
    ['a record of something else', '2-b/record.json', '[]'],
    ['an artifact that was changed', '2-b/out.txt', 'b(other)'],
    ['an artifact that is empty', '2-b/out.txt', ''],
  ])('runs a step again that has %s', async (_, name, content) => {
    const ran: string[] = [];
    const folder = await folderWith({});
    await run(chain(ran), folder);
    await writeFile(join(folder, name), content);
    ran.length = 0;
    const { result } = await run(chain(ran), folder);
    expect(ran).toEqual(['b']);
    expect(await result.read('b', 'out.txt')).toBe('b(same, a(same))');
  });

  it('runs a step again whose artifact is gone', async () => {
    const ran: string[] = [];
    const folder = await folderWith({});
    await run(chain(ran), folder);
    await rm(join(folder, '3-c', 'out.txt'));
    ran.length = 0;
    await run(chain(ran), folder);
    expect(ran).toEqual(['c']);
  });

  it('runs a step again whose effects elsewhere no longer stand', async () => {
    const ran: string[] = [];
    const folder = await folderWith({});
    let stands = true;
    const seen: string[] = [];
    const steps = [step('a', ran), step('b', ran, { stands: async (read) => {
      seen.push(await read('b', 'out.txt'));
      return stands;
    } })];
    await run(steps, folder);
    await run(steps, folder);
    expect(ran).toEqual(['a', 'b']);
    stands = false;
    const { result } = await run(steps, folder);
    expect(ran).toEqual(['a', 'b', 'b']);
    expect(result.cached).toBe(false);
    expect(seen).toEqual(['b(same)', 'b(same)']);
  });

  it('lets a step look for something new each time, and counts what did not change as kept', async () => {
    const ran: string[] = [];
    const folder = await folderWith({});
    let world = 'old';
    const steps = (): FlowStep[] => [step('look', ran, { looks: true, async run() {
      ran.push('look');
      return { 'out.txt': world };
    } }), step('b', ran, { previous: 'look' })];
    expect((await run(steps(), folder)).result.cached).toBe(false);
    expect((await run(steps(), folder)).result.cached).toBe(true);
    expect(ran).toEqual(['look', 'b', 'look']);
    world = 'new';
    expect((await run(steps(), folder)).result.cached).toBe(false);
    expect(ran).toEqual(['look', 'b', 'look', 'look', 'b']);
  });
});

describe('a step that fails', () => {
  const flaky = (errors: readonly unknown[]): FlowStep => {
    const waiting = [...errors];
    return step('a', [], { run: async () => {
      if (waiting.length > 0) throw waiting.shift();
      return { 'out.txt': 'at last' };
    } });
  };
  const passing = new ProviderError('busy', { code: 'BUSY', retryable: true });

  it('is tried again when that may help, and says so', async () => {
    const { events, result } = await run([flaky([passing, passing])], await folderWith({}));
    expect(result.records[0].attempts).toBe(3);
    expect(events.filter(({ kind }) => kind === 'step-retry')).toEqual([
      { kind: 'step-retry', step: 'a', attempt: 1, reason: 'busy' },
      { kind: 'step-retry', step: 'a', attempt: 2, reason: 'busy' },
    ]);
  });

  it('ends the flow after the last attempt with the error itself', async () => {
    await expect(run([flaky([passing, passing, passing])], await folderWith({}))).rejects.toBe(passing);
  });

  it.each([new DataError('damaged', { code: 'DAMAGED' }), new Error('bug')])('is not tried again when it would not help: %s', async (error) => {
    let tries = 0;
    const hopeless = step('a', [], { run: async () => {
      tries++;
      throw error;
    } });
    await expect(run([hopeless], await folderWith({}))).rejects.toBe(error);
    expect(tries).toBe(1);
  });

  it('leaves no record', async () => {
    const folder = await folderWith({});
    await expect(run([step('a', [], failing(new Error('no')))], folder)).rejects.toThrow('no');
    await expect(readFile(join(folder, '1-a', 'record.json'))).rejects.toThrow('ENOENT');
  });
});

describe('an abort', () => {
  it('before the start runs nothing', async () => {
    const ran: string[] = [];
    await expect(run(chain(ran), await folderWith({}), { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    expect(ran).toEqual([]);
  });

  it('reaches the step that is on, and no step after it begins', async () => {
    const ran: string[] = [];
    const controller = new AbortController();
    const waiting = step('b', ran, { run: ({ signal }) => new Promise((_, reject) => {
      ran.push('b');
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      controller.abort(new Error('enough'));
    }) });
    await expect(run([step('a', ran), waiting, step('c', ran)], await folderWith({}), { signal: controller.signal })).rejects.toThrow('enough');
    expect(ran).toEqual(['a', 'b']);
  });

  it('ends the wait before another attempt', async () => {
    const controller = new AbortController();
    const busy = step('a', [], { run: async () => {
      setTimeout(() => controller.abort(new Error('enough')), 5);
      throw new ProviderError('busy', { code: 'BUSY', retryable: true });
    } });
    const started = performance.now();
    await expect(run([busy], await folderWith({}), { retry: { attempts: 2, baseDelayMs: 60_000, maxDelayMs: 60_000, factor: 1 }, signal: controller.signal })).rejects.toThrow('enough');
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('comes from a reader who leaves', async () => {
    const ran: string[] = [];
    for await (const event of runFlow(chain(ran), { folder: await folderWith({}), retry: RETRY })) if (event.kind === 'step-end') break;
    expect(ran.length).toBeLessThan(3);
  });
});

describe('reading', () => {
  it('refuses a step that the flow does not have', async () => {
    await expect(run([step('a', [], { run: async ({ read }) => ({ 'out.txt': await read('z', 'out.txt') }) })], await folderWith({}))).rejects.toThrow('expected one of the steps a, found "z"');
  });
});
