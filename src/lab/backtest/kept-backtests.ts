import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { makeFolder } from '../../core/make-folder.js';
import type { BacktestRun } from '../../backtest/backtest-run.js';

/** Returns of a run and the sessions that they are of. */
export interface KeptReturns {
  /** Epoch days; returns are one fewer. */
  readonly sessions: Int32Array;
  readonly returns: Float64Array;
}

/** Backtests by the hash of what was run. */
export interface KeptBacktests {
  /** `undefined` when it is not there or not whole: it is run again. */
  read(key: string): Promise<BacktestRun | undefined>;
  /** The returns alone, which is all that other trials ask for. */
  returnsOf(key: string): Promise<KeptReturns | undefined>;
  keep(key: string, run: BacktestRun): Promise<void>;
}

const SERIES = ['equity', 'returns', 'gross', 'net', 'names', 'turnover', 'costs'] as const;

/** @param folder made when the first is kept; each is two JSON files, the returns by themselves */
export function keptBacktests(folder: string): KeptBacktests {
  const whole = (key: string): string => join(folder, `${key}.json`);
  const short = (key: string): string => join(folder, `${key}.returns.json`);
  return {
    async read(key) {
      const kept = await readJson<{ readonly key: string; readonly run: Record<string, unknown> }>(whole(key));
      return kept?.key === key ? revived(kept.run) : undefined;
    },
    async returnsOf(key) {
      const kept = await readJson<{ readonly key: string; readonly sessions: number[]; readonly returns: number[] }>(short(key));
      return kept?.key === key ? { sessions: Int32Array.from(kept.sessions), returns: Float64Array.from(kept.returns) } : undefined;
    },
    async keep(key, run) {
      await makeFolder(folder);
      const plain = { ...run, sessions: [...run.sessions], ...Object.fromEntries(SERIES.map((name) => [name, [...run[name]]])) };
      await writeFileAtomic(short(key), JSON.stringify({ key, sessions: plain.sessions, returns: plain.returns }));
      await writeFileAtomic(whole(key), JSON.stringify({ key, run: plain }));
    },
  };
}

function revived(run: Record<string, unknown>): BacktestRun {
  const series = Object.fromEntries(SERIES.map((name) => [name, Float64Array.from(run[name] as number[])]));
  return { ...run, ...series, sessions: Int32Array.from(run['sessions'] as number[]) } as unknown as BacktestRun;
}

async function readJson<Value>(path: string): Promise<Value | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Value;
  } catch {
    return undefined; // computed again
  }
}
