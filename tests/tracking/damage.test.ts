import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { countTrials } from '../../src/tracking/count-trials.js';
import { localTracker } from '../../src/tracking/local-tracker.js';
import type { Tracker } from '../../src/tracking/tracker.js';
import { SPEC, tickingClock } from '../contracts/tracker.js';
import { temporaryFolder } from './temporary-folder.js';

async function finishedRun(): Promise<{ tracker: Tracker; home: string; folder: string; id: string }> {
  const folder = await temporaryFolder();
  const tracker = localTracker({ folder, clock: tickingClock() });
  const run = await tracker.start(SPEC);
  await run.logMetrics({ ic: 0.01 });
  await run.end('finished');
  return { tracker, folder, home: join(folder, 'ranker', run.id), id: run.id };
}

describe('a damaged file', () => {
  it.each<[string, string, string]>([
    ['run.json', '', 'found nothing'],
    ['run.json', '{"id"', 'what is no JSON'],
    ['run.json', '[1]', 'found [1] where an object was expected'],
    ['run.json', '{}', 'found nothing where "status" should be running, finished or failed'],
    ['evaluation-1.json', '', 'found nothing'],
    ['evaluation-1.json', '{"status":"done"}', 'found "done" where "status" should be running, finished or failed'],
    ['evaluation-1.json', '{"status":"finished","startedAt":"2018-02-08","endedAt":null,"metrics":{"ic":"high"}}', 'where "metrics" should be figures by name'],
  ])('%s with %j is named, and nothing is counted around it', async (name, content, found) => {
    const { tracker, home } = await finishedRun();
    await writeFile(join(home, name), content);
    const expected = { code: 'DAMAGED_RUN', fields: { path: join(home, name), hint: expect.any(String) }, message: expect.stringContaining(`"${join(home, name)}", found `) };
    await expect(tracker.runs()).rejects.toMatchObject(expected);
    await expect(tracker.runs()).rejects.toThrow(found);
    await expect(countTrials(tracker, 'ranker')).rejects.toMatchObject(expected);
    await expect(tracker.start(SPEC), 'before the work, not after').rejects.toMatchObject(expected);
    expect(await tracker.runs('another')).toEqual([]);
  });

  it('is a record that was changed by hand, or stands in the folder of another', async () => {
    const { tracker, home, id } = await finishedRun();
    const text = await readFile(join(home, 'run.json'), 'utf8');
    await writeFile(join(home, 'run.json'), text.replace('"seed": 7', '"seed": 8'));
    await expect(tracker.runs()).rejects.toThrow(`found the id "${id}" for what has the id `);
    await writeFile(join(home, 'run.json'), text);
    await rename(home, home.replace(id, '0123456789abcdef'));
    await expect(tracker.runs()).rejects.toMatchObject({ code: 'DAMAGED_RUN' });
  });

  it('of figures is named with its line; a line that was cut off at the end does not count', async () => {
    const folder = await temporaryFolder();
    const tracker = localTracker({ folder, clock: tickingClock() });
    const run = await tracker.start(SPEC);
    await run.logMetrics({ ic: 0.01 });
    const log = join(folder, 'ranker', run.id, 'metrics.jsonl');
    await appendFile(log, '{"step":null,"time":"2018-02-08T12:00:03.000Z","values":{"ic":0.9');
    expect(await tracker.runs()).toMatchObject([{ status: 'running', metrics: { ic: 0.01 } }]);
    await appendFile(log, '\n');
    await expect(tracker.runs()).rejects.toThrow(`"${log}:2", found what is no JSON`);
  });

  it('leaves alone what is not of a run', async () => {
    const { tracker, folder } = await finishedRun();
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await mkdir(join(folder, 'ranker', 'plots'));
    await mkdir(join(folder, '.git', 'x'), { recursive: true });
    await mkdir(join(folder, 'ranker', '0123456789abcdef'));
    expect(await tracker.runs()).toHaveLength(1);
  });

  it('can be moved away, and the configuration run again', async () => {
    const { tracker, home } = await finishedRun();
    await writeFile(join(home, 'run.json'), '');
    await rm(home, { recursive: true });
    const run = await tracker.start(SPEC);
    await run.end('finished');
    expect(await tracker.runs()).toMatchObject([{ evaluations: 1, status: 'finished' }]);
  });
});
