import { cp, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A fault: what is arranged in a project, the command that meets it, and what it must say. */
export interface Fault {
  readonly name: string;
  readonly arrange?: (project: string) => Promise<void>;
  readonly argv: readonly string[];
  readonly code: 2 | 3 | 5;
  /** Words of the one error line: what was expected, what was found, where. */
  readonly says: readonly string[];
}

const HEADER = 'symbol,session,open,high,low,close,volume';
const GOOD = 'AAPL,2018-02-07,163.09,163.40,159.07,159.54,51608580';

/** Writes a file into the project. */
export const put = (name: string, content: string | Uint8Array) => (project: string): Promise<void> => writeFile(join(project, name), content);

const csv = (...lines: string[]): ((project: string) => Promise<void>) => put('in.csv', `${lines.join('\n')}\n`);
const importing = (...files: string[]): string[] => ['data', 'import', ...files, '--json'];
const aside = 'nothing was stored';

async function changeBars(project: string, change: (bytes: Buffer) => Buffer): Promise<void> {
  await writeFile(join(project, 'in.parquet'), change(await readFile(join(project, 'bars.parquet'))));
}

const described = (description: unknown) => async (project: string): Promise<void> => {
  await mkdir(join(project, 'folder'));
  await cp(join(project, 'bars.parquet'), join(project, 'folder/bars.parquet'));
  await writeFile(join(project, 'folder/source.json'), typeof description === 'string' ? description : JSON.stringify(description));
};

const barsEntry = (more: Record<string, unknown>): unknown => ({ name: 'own', datasets: { bars: { file: 'bars.parquet', source: 'a vendor', licence: 'own', ...more } } });

/** A good bar of AAPL, then a bad one. */
const row = (name: string, bad: string, ...says: string[]): Fault => ({ name, arrange: csv(HEADER, GOOD, bad), argv: importing('in.csv'), code: 3, says });

const BAD_FILES: readonly Fault[] = [
  { name: 'a Parquet file cut off', arrange: async (project) => (await cp(join(project, 'bars.parquet'), join(project, 'in.parquet')), truncate(join(project, 'in.parquet'), 20_000)), argv: importing('in.parquet'), code: 3, says: ['a readable table', 'in.parquet', 'No magic bytes'] },
  { name: 'a Parquet file with a piece missing within', arrange: (project) => changeBars(project, (bytes) => Buffer.concat([bytes.subarray(0, 5000), bytes.subarray(9000)])), argv: importing('in.parquet'), code: 3, says: ['rows of "bars"', 'in.parquet'] },
  { name: 'a Parquet file with overwritten pages', arrange: (project) => changeBars(project, (bytes) => bytes.fill(0x5a, 1000, 3000)), argv: importing('in.parquet'), code: 3, says: ['rows of "bars"', 'in.parquet'] },
  { name: 'an empty Parquet file', arrange: put('in.parquet', ''), argv: importing('in.parquet'), code: 3, says: ['Parquet or CSV', 'an empty one', 'in.parquet'] },
  { name: 'an empty CSV file', arrange: put('in.csv', ''), argv: importing('in.csv'), code: 3, says: ['Parquet or CSV', 'an empty one', 'in.csv'] },
  { name: 'text that calls itself Parquet', arrange: put('in.parquet', 'symbol,session,close\nAAPL,2018-02-07,159.54\n'), argv: importing('in.parquet'), code: 3, says: ['a readable table', 'in.parquet', 'No magic bytes'] },
  { name: 'Parquet that calls itself CSV', arrange: (project) => cp(join(project, 'bars.parquet'), join(project, 'in.csv')), argv: importing('in.csv'), code: 3, says: ['lines of text', 'in.csv'] },
  { name: 'a CSV file in Latin-1', arrange: put('in.csv', Buffer.from(`${HEADER}\nM\xfcLLER,2018-02-07,1,1,1,1,1\n`, 'latin1')), argv: importing('in.csv'), code: 3, says: ['lines of text', 'in.csv', 'not utf-8'] },
  { name: 'a CSV file of a header only', arrange: csv(HEADER), argv: importing('in.csv'), code: 3, says: ['rows for "bars"', 'found none'] },
  { name: 'a CSV header that names a column twice', arrange: csv('symbol,session,close,close', 'AAPL,2018-02-07,1,1'), argv: importing('in.csv'), code: 3, says: ['a header line', '"close" twice', 'in.csv'] },
  { name: 'columns that no dataset has', arrange: csv('foo,bar', '1,2'), argv: importing('in.csv'), code: 3, says: ['the columns of one of bars', 'foo, bar', 'in.csv'] },
  { name: 'a column missing', arrange: csv('symbol,close', 'AAPL,159.54'), argv: importing('bars=in.csv'), code: 3, says: ['the columns of "bars"', 'missing: session', 'in.csv'] },
  { name: 'a file that is not there', argv: importing('nowhere.parquet'), code: 3, says: ['a Parquet or CSV file', 'found nothing', 'nowhere.parquet'] },
  { name: 'a kind of file that is not read', arrange: put('in.xlsx', 'x'), argv: importing('in.xlsx'), code: 3, says: ['.parquet, .csv', 'in.xlsx'] },
  { name: 'two files for one dataset', argv: importing('bars.parquet', 'bars=bars.parquet'), code: 2, says: ['one file a dataset', 'bars.parquet', '"bars"'] },
  { name: 'a dataset that does not exist', argv: importing('barz=bars.parquet'), code: 2, says: ['one of the datasets', '"barz"'] },
  { name: 'no files', argv: importing(), code: 2, says: ['files to import', 'found none'] },
];

const BAD_ROWS: readonly Fault[] = [
  row('a line with fields missing', 'MSFT,2018-02-06,160', 'rows of "bars"', 'Line: 3', 'Columns: 7 Found: 3', 'in.csv'),
  row('a line with a field too many', 'MSFT,2018-02-06,1,1,1,1,1,1', 'rows of "bars"', 'Line: 3', 'Columns: 7 Found: 8', 'in.csv'),
  row('a quote that is never closed', '"MSFT,2018-02-06,1,1,1,1,1', 'rows of "bars"', 'Line: 3', 'quote', 'in.csv'),
  row('text for a price', 'MSFT,2018-02-06,abc,1,1,1,1', 'a number in column "open"', '"abc"', 'row 2', 'in.csv'),
  row('a day that does not exist', 'MSFT,2018-02-30,1,1,1,1,1', 'a date in column "session"', '"2018-02-30"', 'row 2', 'in.csv'),
  row('a date in another order', 'MSFT,02/06/2018,1,1,1,1,1', 'a date in column "session"', '"02/06/2018"', 'row 2', 'in.csv'),
  row('a negative price', 'MSFT,2018-02-06,-1,1,1,1,1', 'prices above zero', '1 row', 'symbol=MSFT session=2018-02-06 open=-1', aside),
  row('a price of zero', 'MSFT,2018-02-06,1,1,0,1,1', 'prices above zero', 'symbol=MSFT', 'low=0', aside),
  row('an infinite price', 'MSFT,2018-02-06,1,inf,1,1,1', 'finite prices', 'symbol=MSFT', 'high=inf', aside),
  row('a negative volume', 'MSFT,2018-02-06,1,1,1,1,-5', 'a volume of zero or more', 'symbol=MSFT', 'volume=-5', aside),
  row('no symbol', ',2018-02-06,1,1,1,1,1', 'a value in "symbol"', 'session=2018-02-06', aside),
  row('a blank symbol', '"  ",2018-02-06,1,1,1,1,1', 'a value in "symbol"', 'session=2018-02-06', aside),
  row('no session', 'MSFT,,1,1,1,1,1', 'a value in "session"', 'symbol=MSFT', aside),
  row('a session to come', 'MSFT,2099-01-02,1,1,1,1,1', 'no session after the last closed one', 'session=2099-01-02', aside),
  row('a session beyond every calendar', 'MSFT,200000-01-01,1,1,1,1,1', 'no session after the last closed one', 'session=200000-01-01', aside),
  row('a Saturday', 'MSFT,2018-02-03,1,1,1,1,1', 'a session of XNYS', 'session=2018-02-03', aside),
  row('a holiday', 'MSFT,2018-01-15,1,1,1,1,1', 'a session of XNYS', 'session=2018-01-15', aside),
  { name: 'a membership that ends before it starts', arrange: csv('universe,symbol,start_date,end_date', 'sp500,AAPL,2018-01-02,2017-01-03'), argv: importing('in.csv'), code: 3, says: ['an end_date after its start_date', 'symbol=AAPL', 'end_date=2017-01-03', aside] },
  { name: 'a macro series without a known lag', arrange: csv('series_id,observation_date,value', 'NOPE,2018-01-02,1'), argv: importing('in.csv'), code: 3, says: ['a macro series', '"NOPE"'] },
  { name: 'a macro observation to come', arrange: csv('series_id,observation_date,value', 'DGS10,2300-01-02,1'), argv: importing('in.csv'), code: 3, says: ['observation', 'DGS10'] },
  { name: 'an option that is neither call nor put', arrange: csv('underlying,session,expiry,strike,right', 'AAPL,2018-02-07,2018-02-16,160,X'), argv: importing('option_chains=in.csv'), code: 3, says: ['the right call or put', 'underlying=AAPL', 'right=X', aside] },
  { name: 'prices on another basis than those in the store', argv: importing('bars.parquet', '--price-basis', 'split-adjusted'), code: 3, says: ['stated as "raw"', '"split-adjusted"'] },
  { name: 'nothing but bad rows, set aside, to replace a dataset', arrange: csv(HEADER, 'MSFT,2018-02-03,1,1,1,1,1'), argv: [...importing('in.csv'), '--set-aside', '--mode', 'replace'], code: 3, says: ['"bars"', 'found none'] },
];

const BAD_FOLDERS: readonly Fault[] = [
  { name: 'a folder without source.json', arrange: async (project) => void (await mkdir(join(project, 'folder'))), argv: importing('folder'), code: 3, says: ['a description', 'folder/source.json'] },
  { name: 'a source.json that is cut off', arrange: described('{"name": "ow'), argv: importing('folder'), code: 3, says: ['as JSON', 'folder/source.json'] },
  { name: 'a source.json of another shape', arrange: described(barsEntry({ file: 3 })), argv: importing('folder'), code: 3, says: ['a valid description', 'datasets.bars.file', 'folder/source.json'] },
  { name: 'a file that is not the described one', arrange: described(barsEntry({ sha256: '0'.repeat(64) })), argv: importing('folder'), code: 3, says: ['sha256 000000000000', 'folder/bars.parquet', 'was changed'] },
  { name: 'a file with fewer rows than described', arrange: described(barsEntry({ rows: 7_000_000 })), argv: importing('folder'), code: 3, says: ['7000000 rows', 'folder/bars.parquet'] },
  { name: 'a described file that is not there', arrange: described(barsEntry({ file: 'nowhere.parquet' })), argv: importing('folder'), code: 3, says: ['a file at', 'folder/nowhere.parquet'] },
  { name: 'the bundled sample beside own data', argv: importing('sample'), code: 2, says: ['without own data', 'bars, membership'] },
];

/** Inputs that an import has to refuse. */
export const MALFORMED_FILES: readonly Fault[] = [...BAD_FILES, ...BAD_ROWS, ...BAD_FOLDERS];
