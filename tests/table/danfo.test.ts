import { describe, expect, it } from 'vitest';

import { ConfigError } from '../../src/core/errors.js';
import { toDanfo, type Danfo } from '../../src/table/danfo.js';
import { Panel } from '../../src/table/panel.js';
import { twoSymbols } from './any-panel.js';

/** As much of danfo.js as we use, with its habit of taking only arrays of one length. */
class Frame {
  readonly columns: string[];
  readonly shape: number[];
  readonly values: unknown[][];

  constructor(data: Record<string, unknown[]>) {
    this.columns = Object.keys(data);
    const lists = Object.values(data);
    if (lists.some((list) => !Array.isArray(list) || list.length !== lists[0].length)) throw new Error('expected arrays of one length');
    this.shape = [lists[0].length, lists.length];
    this.values = lists[0].map((_, row) => lists.map((list) => list[row]));
  }
}

const danfo: Danfo = { DataFrame: Frame };

async function isInstalled(): Promise<boolean> {
  const name = 'danfojs-node';
  return import(name).then(() => true, () => false);
}

describe('a panel as a danfo.js data frame', () => {
  it('has symbol, session and the columns, a row for every symbol and session', async () => {
    const frame = await toDanfo(twoSymbols(), danfo);
    expect(frame.columns).toEqual(['symbol', 'session', 'close', 'score']);
    expect(frame.shape).toEqual([6, 4]);
    expect(frame.values[2]).toEqual(['NVDA', '2018-01-04', 12, Math.fround(0.3)]);
    expect(frame.values[4]).toEqual(['AMD', '2018-01-03', Number.NaN, 0.5]);
  });

  it('is a copy', async () => {
    const panel = twoSymbols();
    const frame = await toDanfo(panel, danfo);
    panel.column('close').fill(0);
    expect(frame.values[0][2]).toBe(10);
  });

  it('may be empty', async () => {
    const frame = await toDanfo(new Panel({ symbols: [], sessions: new Int32Array(0), columns: { close: new Float64Array(0) } }), danfo);
    expect(frame.shape).toEqual([0, 3]);
  });

  it('needs the optional package and says how to get it', async (context) => {
    if (await isInstalled()) context.skip('danfojs-node is installed here');
    const error = await toDanfo(twoSymbols()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ code: 'MISSING_PEER', fields: { package: 'danfojs-node' }, message: expect.stringContaining('npm install danfojs-node') as string });
    expect((error as ConfigError).cause).toBeInstanceOf(Error);
  });
});
