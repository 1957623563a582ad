import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { EXIT } from '../../src/cli/exit-codes.js';
import { eveningOf, temporaryFolder, TODAY, writeSmallMarket } from '../pipeline/small-market.js';
import { swing, type Ended } from './run.js';

const commands = [() => import('../../src/cli/commands/features.js')];

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  place = await temporaryFolder();
  await writeSmallMarket(join(place.folder, 'bars'));
  await writeFile(join(place.folder, 'config.yaml'), 'data: { source: files, folder: bars, history: 300 }\n');
});
afterAll(() => place.remove());

const run = (...argv: string[]): Promise<Ended> => swing(['features', 'describe', 'return-5', ...argv], { cwd: place.folder, commands, clock: eveningOf(TODAY) });

describe('swing features describe, before it prints anything,', () => {
  it.each([
    [['--as-of', 'banana'], 'found "banana" in --as-of'],
    [['--as-of', '2017-12-30'], 'when the exchange was closed'],
    [['--symbol', 'NOSUCH'], 'found "NOSUCH" in --symbol'],
    [['--json', '--as-of', '2017-12-29'], 'expected --as-of only where a page is made, found it with --json'],
    [['--json', '--symbol', 'AAPL'], 'expected --symbol only where a page is made, found it with --json'],
    [['--no-page', '--out', 'page.html'], 'expected --out only where a page is made, found it with --no-page'],
  ])('refuses %j', async (argv, message) => {
    const { code, stdout, stderr } = await run(...argv);
    expect([code, stdout]).toEqual([EXIT.usage, '']);
    expect(stderr).toContain(message);
  });
});
