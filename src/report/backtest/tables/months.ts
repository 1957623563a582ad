import { calendarReturns, type YearReturns } from '../../../evaluation/performance/calendar-returns.js';
import { formatNumber, MISSING } from '../../format.js';
import { html, type Html } from '../../html.js';
import type { BacktestReportInput } from '../report-input.js';
import type { TextTable } from './text-table.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Strongest tint of a cell, percent: text stays readable on it. */
const STRONGEST = 44;

interface Year extends YearReturns {
  /** Of the benchmark; `null` without one. */
  readonly benchmark: number | null;
}

/** Compound return of each month and year in percent, and the benchmark's of the year. */
export function monthTable(input: BacktestReportInput): TextTable {
  const years = yearsOf(input);
  return {
    caption: 'Return by month, percent', columns: [['Year', 'text'], ...[...MONTHS, 'Year', ...benchmarkColumn(input)].map((name) => [name, 'number'] as const)],
    rows: years.map(({ year, months, total, benchmark }) => [String(year), ...months.map(percent), percent(total), ...(input.benchmark === null ? [] : [percent(benchmark)])]),
  };
}

/** The same as a heat map: gains and losses tinted by their size. */
export function monthHeat(input: BacktestReportInput): Html {
  const years = yearsOf(input);
  const reach = Math.max(...years.flatMap(({ months }) => months.map((value) => Math.abs(value ?? 0)))) || 1;
  const column = benchmarkColumn(input);
  return html`<div class="scroll"><table class="months" role="table"><caption class="hidden">Return by month, percent</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Year</th>${[...MONTHS, 'Year', ...column].map((name) => html`<th scope="col" role="columnheader" class="number">${name}</th>`)}</tr></thead>
<tbody role="rowgroup">${years.map(({ year, months, total, benchmark }) => html`<tr role="row"><th scope="row" role="rowheader">${year}</th>${months.map((value, i) => heat(value, MONTHS[i], reach))}<td role="cell" class="number whole" data-label="Year">${percent(total)}</td>${column.map((name) => html`<td role="cell" class="number beside" data-label="${name}">${percent(benchmark)}</td>`)}</tr>
`)}</tbody></table></div>`;
}

function heat(value: number | null, month: string, reach: number): Html {
  if (value === null) return html`<td role="cell" class="number none" data-label="${month}"></td>`;
  const strength = Math.round((Math.abs(value) / reach) * STRONGEST);
  return html`<td role="cell" class="number ${value < 0 ? 'lost' : 'won'}" data-label="${month}" style="--heat:${strength}%">${percent(value)}</td>`;
}

function yearsOf({ figures: { performance }, run, benchmark }: BacktestReportInput): Year[] {
  const sessions = run.sessions.subarray(1);
  const own = performance.calendar ?? calendarReturns(run.returns, sessions);
  const beside = benchmark === null ? [] : calendarReturns(benchmark.returns, sessions);
  return own.map((year) => ({ ...year, benchmark: beside.find((one) => one.year === year.year)?.total ?? null }));
}

function benchmarkColumn({ benchmark }: BacktestReportInput): string[] {
  return benchmark === null ? [] : ['Benchmark'];
}

function percent(value: number | null): string {
  return value === null ? MISSING : formatNumber(value * 100, 1);
}
