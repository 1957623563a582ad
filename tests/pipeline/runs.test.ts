import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { interruptedRun, listRuns, readRunState, removeOldRuns, writeRunState, type RunState } from '../../src/pipeline/runs.js';
import { folderWith } from '../config/folder.js';

const state = (minute: number, changes: Partial<RunState> = {}): RunState => ({
  state: 'done', asOf: isoDate('2018-02-07'), dryRun: false, configHash: 'c', startedAt: `2018-02-08T05:${String(minute).padStart(2, '0')}:00.000Z`, finishedAt: null, documentHash: null, ...changes,
});

const nameOf = (index: number): string => `2018-02-07-${String(index).padStart(10, '0')}`;

/** A folder of runs that were started one after the other. */
async function folderOf(...runs: readonly Partial<RunState>[]): Promise<string> {
  const folder = await folderWith({});
  for (const [i, changes] of runs.entries()) await writeRunState(join(folder, nameOf(i)), state(i, changes));
  return folder;
}

describe('the state of a run', () => {
  it('comes back as it was written', async () => {
    const folder = await folderOf({ dryRun: true, documentHash: 'd' });
    expect(await readRunState(join(folder, nameOf(0)))).toEqual(state(0, { dryRun: true, documentHash: 'd' }));
  });

  it.each(['', '{', 'null', '{"asOf":"someday"}'])('is none when it cannot be read: %j', async (text) => {
    const folder = await folderWith({ 'run.json': text });
    expect(await readRunState(folder)).toBeNull();
  });
});

describe('runs', () => {
  it('are listed by their start, the latest first, without what is none', async () => {
    const folder = await folderOf({}, {}, {});
    await mkdir(join(folder, 'notes'));
    expect((await listRuns(folder)).map((run) => run.folder)).toEqual([2, 1, 0].map((i) => join(folder, nameOf(i))));
    expect(await listRuns(join(folder, 'nowhere'))).toEqual([]);
  });
});

describe('the run to resume', () => {
  it('is the one that was interrupted last', async () => {
    expect(await interruptedRun(await folderOf({}, { state: 'running', asOf: isoDate('2018-02-05') }))).toMatchObject({ asOf: '2018-02-05' });
  });

  it('is none when a run has come to its end since', async () => {
    expect(await interruptedRun(await folderOf({ state: 'running' }, {}))).toBeNull();
  });

  it('is the interrupted one even though somebody tried something without keeping it since', async () => {
    expect(await interruptedRun(await folderOf({ state: 'running' }, { dryRun: true }))).not.toBeNull();
  });

  it('is none where there are no runs', async () => {
    expect(await interruptedRun(await folderOf())).toBeNull();
    expect(await interruptedRun(await folderOf({}))).toBeNull();
  });
});

describe('old runs', () => {
  it('go, finished or not, and folders without a state with them', async () => {
    const folder = await folderOf({}, { state: 'running' }, {}, {});
    await mkdir(join(folder, nameOf(77)));
    await removeOldRuns(folder, 2);
    expect(await readdir(folder)).toEqual([nameOf(2), nameOf(3)]);
  });

  it('leave what runs do not make', async () => {
    const folder = await folderOf({}, {});
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await removeOldRuns(folder, 1);
    expect(await readdir(folder)).toEqual([nameOf(1), 'notes.txt']);
  });
});
