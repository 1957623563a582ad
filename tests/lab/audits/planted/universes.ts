import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { XNYS } from '../../../../src/core/calendar.js';
import { isoDate, toEpochDay } from '../../../../src/core/dates.js';
import type { Stay, SurvivorsInput } from '../../../../src/backtest/audits/leakage/survivors.js';
import { sampleFolder } from '../../../../src/data/sample.js';
import { Panel } from '../../../../src/table/panel.js';

const [FIRST, LAST] = [isoDate('2013-02-08'), isoDate('2018-02-07')];

/** Who was in the S&P 500 when, as the bundled sample has it. */
async function realStays(): Promise<Stay[]> {
  const [, ...lines] = (await readFile(join(sampleFolder(), 'membership.csv'), 'utf8')).trim().split(/\r?\n/);
  return lines.map((line) => {
    const [, symbol, start, end] = line.split(',');
    return { symbol, start: isoDate(start), end: end ? isoDate(end) : null };
  });
}

const hasLeft = ({ end }: Stay): boolean => end !== null && end <= LAST;

/** A close of 100 on every fifth session of a stay. */
function barsOfStays(stays: readonly Stay[]): Panel {
  const sessions = XNYS.sessions(FIRST, LAST).filter((_, t) => t % 5 === 0);
  const symbols = [...new Set(stays.filter(({ start, end }) => start <= LAST && (end === null || end > FIRST)).map(({ symbol }) => symbol))].sort();
  const close = new Float64Array(symbols.length * sessions.length).fill(Number.NaN);
  const row = new Map(symbols.map((symbol, at) => [symbol, at]));
  for (const { symbol, start, end } of stays) {
    const at = row.get(symbol);
    if (at !== undefined) sessions.forEach((session, t) => session >= start && (end === null || session < end) && (close[at * sessions.length + t] = 100));
  }
  return new Panel({ symbols, sessions: Int32Array.from(sessions, toEpochDay), columns: { close } });
}

/** The index as it was, with bars of everyone while they were members. */
export async function everyone(): Promise<SurvivorsInput> {
  const stays = await realStays();
  return { name: 'sp500', stays, bars: barsOfStays(stays), declared: null };
}

/** Fault: the list of today's members is taken for the index. */
export async function membersInTheEnd(): Promise<SurvivorsInput> {
  const stays = (await realStays()).filter((stay) => !hasLeft(stay)).map((stay) => ({ ...stay, start: isoDate('1996-01-02') }));
  return { name: 'sp500', stays, bars: barsOfStays(stays), declared: null };
}

/** Fault: bars of those alone that are still listed. */
export async function barsOfSurvivors(declared: string | null = null): Promise<SurvivorsInput> {
  const stays = await realStays();
  return { name: 'sp500', stays, bars: barsOfStays(stays.filter((stay) => !hasLeft(stay))), declared };
}
