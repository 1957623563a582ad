import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isExperimentName, requireArtifactName, requireKey } from '../../src/tracking/check-names.js';
import { localTracker } from '../../src/tracking/local-tracker.js';
import { runId } from '../../src/tracking/run-id.js';
import { SPEC, tickingClock } from '../contracts/tracker.js';
import { temporaryFolder } from './temporary-folder.js';

/** Text of the signs that matter in paths, and of any others. */
const hostile = fc.oneof(
  fc.string({ unit: fc.constantFrom('.', '/', '\\', 'a', 'B', '1', '-', '_', ' ', '\0', '\n', ':', '~', '%', 'é'), maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const accepts = (check: () => void): boolean => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

/** Every folder and file below a folder. */
const below = async (folder: string): Promise<string[]> => (await readdir(folder, { recursive: true })).sort();

describe('names', () => {
  it('of experiments are one plain part of a path, whatever the system', () => {
    let accepted = 0;
    fc.assert(fc.property(hostile, (name) => {
      if (!isExperimentName(name)) return;
      accepted++;
      expect(name).toMatch(/^[a-z0-9][a-z0-9._-]*$/);
      expect(name).not.toMatch(/\.\.|[._-]$/);
    }), { numRuns: 5000, seed: 1 });
    expect(accepted).toBeGreaterThan(50);
  });

  it('of artifacts stay where they belong, on every system', () => {
    let accepted = 0;
    fc.assert(fc.property(hostile, (name) => {
      if (!accepts(() => requireArtifactName(name))) return;
      accepted++;
      expect(join('/root/artifacts', ...name.split('/'))).toBe(`/root/artifacts/${name}`);
      expect(name).not.toMatch(/[\\:\0\n~%]|^\/|(^|\/)\.|\.(\/|$)/);
    }), { numRuns: 5000, seed: 1 });
    expect(accepted).toBeGreaterThan(50);
  });

  it('of values stand on one line', () => {
    fc.assert(fc.property(hostile, (key) => {
      if (accepts(() => requireKey(key, 'figure'))) expect(key).toMatch(/^[\p{L}\p{N}]\P{Cc}*$/u);
    }), { numRuns: 2000, seed: 1 });
    for (const key of ['', ' ', '__proto__', '.x', 'a\nb', 'a\u2028b', 'x'.repeat(251)]) expect(() => requireKey(key, 'figure'), key).toThrow('expected the name of a figure');
    for (const key of ['ic', 'ic/2016', 'rank IC at h=5', 'quantile 5 − 1', 'lightgbm.num_leaves', 'tokenizer', 'keys', 'constructor']) expect(() => requireKey(key, 'figure'), key).not.toThrow();
  });

  it('write nothing outside of the run, and nothing at all where they are refused', async () => {
    const folder = await temporaryFolder();
    const tracker = localTracker({ folder: join(folder, 'tracking'), clock: tickingClock() });
    const run = await tracker.start(SPEC);
    const home = `tracking/${SPEC.experiment}/${run.id}`;
    const expected = new Set(['tracking', `tracking/${SPEC.experiment}`, home, `${home}/run.json`, `${home}/evaluation-1.json`]);
    await fc.assert(fc.asyncProperty(hostile, async (name) => {
      const written = await run.logArtifact(name, 'x').then(() => true, () => false);
      if (!written) return;
      expected.add(`${home}/artifacts`);
      name.split('/').forEach((_, at, parts) => expected.add(`${home}/artifacts/${parts.slice(0, at + 1).join('/')}`));
    }), { numRuns: 200, seed: 3 });
    expect(await below(folder)).toEqual([...expected].sort());
    expect(expected.size).toBeGreaterThan(8);
  });

  it('do not lead out of the run through a link that somebody has put there', async () => {
    const folder = await temporaryFolder();
    const outside = await temporaryFolder();
    const tracker = localTracker({ folder, clock: tickingClock() });
    const run = await tracker.start(SPEC);
    await run.logArtifact('inside.txt', 'x');
    await symlink(outside, join(folder, SPEC.experiment, run.id, 'artifacts', 'plots'));
    await expect(run.logArtifact('plots/a.html', 'x')).rejects.toMatchObject({ code: 'OUTSIDE_RUN' });
    expect(await readdir(outside)).toEqual([]);
  });
});

describe('the id of a run', () => {
  const spec = fc.record({
    experiment: fc.constantFrom('a', 'b'),
    name: fc.string(),
    params: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null))),
    seed: fc.integer(),
    data: fc.dictionary(fc.string(), fc.string()),
    code: fc.string(),
  });

  it('does not depend on the order of keys, on the name or on tags', () => {
    fc.assert(fc.property(spec, fc.string(), (one, other) => {
      const turned = { ...one, params: Object.fromEntries(Object.entries(one.params).reverse()), data: Object.fromEntries(Object.entries(one.data).reverse()), name: other, tags: { note: other } };
      expect(runId(turned)).toBe(runId(one));
      expect(runId(one)).toMatch(/^[\da-f]{16}$/);
    }));
  });

  it('tells configurations apart that differ in anything', () => {
    const without = ({ experiment, params, seed, data, code }: typeof SPEC): string => JSON.stringify([experiment, Object.entries(params).sort(), seed, Object.entries(data).sort(), code]);
    fc.assert(fc.property(spec, spec, (one, other) => {
      if (without(one) !== without(other)) expect(runId(one)).not.toBe(runId(other));
    }));
  });
});

describe('what is kept of a run', () => {
  it('is what was given, whatever its keys and values', async () => {
    const folder = await temporaryFolder();
    const key = fc.string({ unit: 'binary', maxLength: 20 }).filter((one) => accepts(() => requireKey(one, 'figure')));
    const figures = fc.dictionary(key, fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)), fc.constant(null)), { maxKeys: 5 });
    const params = fc.dictionary(key, fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null)), { maxKeys: 5 });
    let count = 0;
    await fc.assert(fc.asyncProperty(params, figures, figures, async (chosen, first, second) => {
      const tracker = localTracker({ folder: join(folder, String(count++)), clock: tickingClock() });
      const run = await tracker.start({ ...SPEC, params: chosen });
      await run.logMetrics(first);
      await run.logMetrics(second, 1);
      await run.end('finished');
      expect(await tracker.runs()).toMatchObject([{ id: run.id, params: { ...chosen }, metrics: { ...first, ...second } }]);
    }), { numRuns: 30 });
  });

  it('can be read without this program: one line a call, with step and time', async () => {
    const folder = await temporaryFolder();
    const tracker = localTracker({ folder, clock: tickingClock() });
    const run = await tracker.start(SPEC);
    await run.logMetrics({ loss: 0.5 }, 0);
    await run.logMetrics({ ic: null });
    await run.end('finished');
    const home = join(folder, 'ranker', run.id);
    const lines = (await readFile(join(home, 'metrics.jsonl'), 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual([{ step: 0, time: '2018-02-08T12:00:02.000Z', values: { loss: 0.5 } }, { step: null, time: '2018-02-08T12:00:03.000Z', values: { ic: null } }]);
    expect(JSON.parse(await readFile(join(home, 'run.json'), 'utf8'))).toEqual((await tracker.runs())[0]);
    expect(await readdir(home)).toEqual(['evaluation-1.json', 'metrics.jsonl', 'run.json']);
  });
});
