import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { featureCourse, sessionsDrawn } from '../../src/cli/features/page-course.js';
import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { Universe } from '../../src/data/universe.js';
import { FEATURES } from '../../src/features/registry.js';
import { Panel } from '../../src/table/panel.js';
import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';
import { swing } from './run.js';

const featureOf = (name: string) => FEATURES.find((feature) => feature.name === name)!;

describe('the course of a feature', () => {
  const days = ['2018-01-02', '2018-01-03'].map((day) => isoDate(day));
  const stay = (symbol: string, start: string, end: string | null = null) => ({ symbol, start: isoDate(start), end: end === null ? null : isoDate(end) });
  const universe = new Universe('mine', [stay('A', '2010-01-01'), stay('B', '2010-01-01', '2018-01-03'), stay('N', '2010-01-01'), stay('O', '2018-01-03')]);
  const values = (name: string) => new Panel({ symbols: ['A', 'B', 'X'], sessions: Int32Array.from(days, toEpochDay), columns: { [name]: Float32Array.of(1, Number.NaN, 0, 0, 9, 9) } });

  it('counts members without bars, and nobody else', () => {
    const { coverage, quantiles, yes } = featureCourse(values('return-5'), featureOf('return-5'), universe, 0);
    expect([...coverage]).toEqual([2 / 3, 0]);
    expect([...quantiles.median]).toEqual([0.5, Number.NaN]);
    expect(yes).toBeUndefined();
  });

  it('has the share with yes of flags of instruments, over fewer sessions', () => {
    expect([...featureCourse(values('inside-day'), featureOf('inside-day'), universe, 0).yes!]).toEqual([0.5, Number.NaN]);
    expect(featureCourse(values('monday'), featureOf('monday'), universe, 1)).not.toHaveProperty('yes');
    expect(sessionsDrawn('flag')).toBeLessThan(sessionsDrawn('return'));
  });
});

describe('the page of swing features describe', () => {
  let place: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    place = await temporaryFolder();
    await writeSmallMarket(join(place.folder, 'bars'));
    await appendFile(join(place.folder, 'bars', 'membership.csv'), '\nsp500,ZZA,1996-01-02,\nsp500,ZZB,1996-01-02,2017-01-03');
    await writeFile(join(place.folder, 'config.yaml'), 'data: { source: files, folder: bars, history: 300 }\n');
  });
  afterAll(() => place.remove());

  async function pageOf(name: string): Promise<string> {
    const out = join(place.folder, `${name}.html`);
    const { code, stderr } = await swing(['features', 'describe', name, '--out', out], { cwd: place.folder, commands: [() => import('../../src/cli/commands/features.js')], clock: eveningOf(TODAY) });
    expect([code, stderr]).toEqual([0, '']);
    return (await readFile(out, 'utf8')).replace(/<script.*?<\/script>|<style>.*?<\/style>/gs, '');
  }

  it('has the members of the universe as denominator', async () => {
    const page = await pageOf('return-5');
    expect(page).toMatch(/<dd class="value">29<\/dd><dd class="note">of 30 on 7 Feb 2018/);
    expect(page).toContain('1 member without a value.');
    expect(page).toContain('With a value <b>96.7%</b>');
  });

  it('names no symbol where the value is that of the market', async () => {
    const page = await pageOf('monday');
    expect(page).toContain('<dt>Sessions with yes</dt>');
    expect(page).toMatch(/of 126 sessions/);
    expect(page).not.toMatch(/AAPL|id="distribution"/);
  });
});
