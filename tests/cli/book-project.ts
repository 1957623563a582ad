import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { eveningOf, temporaryFolder, TODAY, writeRawMarket, writeSmallMarket } from '../pipeline/small-market.js';
import { swing, type Ended } from './run.js';

const CONFIG = `data: { source: files, folder: bars, history: 300 }
forecast: { model: momentum, window: 60, minSessions: 20 }
strategy: { priority: { top: 5, keepWithin: 10 } }
portfolio: { initialCash: 100000 }
`;

const commands = [() => import('../../src/cli/commands/book.js'), () => import('../../src/cli/commands/daily.js'), () => import('../../src/cli/commands/ingest.js')];

export const ACCOUNT = 'symbol,shares,entry_price,entry_date,stop,target,horizon\nAAPL,10,170.5,2018-01-18,160,190,8\nFB,7,,,,,\nCASH,50000.25,,,,,\n';

/** Projects of thirty names up to 2018-02-07. */
export interface BookProjects {
  /** With data and no book. */
  readonly bare: string;
  /** After the evening of 2018-01-22. */
  readonly booked: string;
  /** A copy of a project with more files in it. */
  readonly project: (pattern: string, files?: Readonly<Record<string, string>>) => Promise<string>;
  readonly remove: () => Promise<void>;
}

export const run = (cwd: string, ...argv: string[]): Promise<Ended> => swing(argv, { cwd, commands, clock: eveningOf(TODAY) });

/** @throws Error when the command does not end with 0 */
export async function succeed(cwd: string, ...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(cwd, ...argv);
  if (code !== 0) throw new Error(`swing ${argv.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}

/** @param raw  quoted prices with a split of MSFT and dividends of all, instead of prices adjusted for them */
export async function openProjects({ raw = false } = {}): Promise<BookProjects> {
  const place = await temporaryFolder();
  let projects = 0;
  const project = async (pattern: string, files: Readonly<Record<string, string>> = { 'account.csv': ACCOUNT }): Promise<string> => {
    const folder = join(place.folder, `project-${++projects}`);
    await cp(pattern, folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return folder;
  };
  const bare = join(place.folder, 'bare');
  await (raw ? writeRawMarket : writeSmallMarket)(join(bare, 'bars'));
  await writeFile(join(bare, 'config.yaml'), CONFIG);
  await succeed(bare, '-q', 'ingest');
  const booked = await project(bare, {});
  await succeed(booked, '-q', 'daily', '--as-of', '2018-01-22');
  return { bare, booked, project, remove: place.remove };
}

export const manifestOf = (cwd: string): Promise<string> => readFile(join(cwd, 'store', 'manifest.json'), 'utf8');
export const shown = async (cwd: string, ...argv: string[]): Promise<any> => JSON.parse(await succeed(cwd, 'book', 'show', '--json', ...argv));
