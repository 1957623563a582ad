import { createRequire } from 'node:module';

import { fromEpochDay } from '../core/dates.js';
import type { RecommendationDocument } from '../recommendation/recommendation.js';
import { html, type Html } from '../report/html.js';
import { Panel } from '../table/panel.js';

/** A table as `show` prints it: column names and rows of text or numbers. */
export interface ShownTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

const MAX_ROWS = 50;

/**
 * Shows a panel, a recommendation document or a list of plain records: as a table in a notebook, as text elsewhere.
 *
 * Long tables are cut to their first 50 rows and say so.
 */
export function show(value: Panel | RecommendationDocument | readonly object[]): void {
  const table = shownTable(value);
  const display = notebookDisplay();
  if (display) display.html(tableHtml(table));
  else process.stdout.write(`${tableText(table)}\n`);
}

/** What `show` would print. */
export function shownTable(value: Panel | RecommendationDocument | readonly object[]): ShownTable {
  if (value instanceof Panel) return panelTable(value);
  if (Array.isArray(value)) return recordsTable(value as readonly object[]);
  return documentTable(value as RecommendationDocument);
}

function panelTable(panel: Panel): ShownTable {
  const last = panel.sessions.length - 1;
  const rows = panel.symbols.map((symbol) => [symbol, ...panel.columnNames.map((name) => (last < 0 ? null : panel.series(name, symbol)[last]))]);
  const span = last < 0 ? 'no sessions' : `${fromEpochDay(panel.sessions[0])} to ${fromEpochDay(panel.sessions[last])}`;
  return { caption: `${panel.symbols.length} symbols × ${panel.sessions.length} sessions, ${span}; values of the last session`, columns: ['symbol', ...panel.columnNames], rows };
}

function documentTable(document: RecommendationDocument): ShownTable {
  const percent = (value: number | null): string | null => (value === null ? null : `${(100 * value).toFixed(2)} %`);
  const rows = document.recommendations.map((one) => [one.action, one.listedSymbol, one.name, percent(one.weight), one.entry, one.stop, one.target, percent(one.expectedReturn), one.reasons[0]?.text ?? null]);
  return { caption: `As of ${document.asOf}, for the open of ${document.actOn}`, columns: ['action', 'symbol', 'name', 'weight', 'entry', 'stop', 'target', 'expected', 'why'], rows };
}

function recordsTable(records: readonly object[]): ShownTable {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const cell = (value: unknown): string | number | null => (typeof value === 'number' || typeof value === 'string' ? value : value === null || value === undefined ? null : JSON.stringify(value));
  return { caption: `${records.length} rows`, columns, rows: records.map((record) => columns.map((name) => cell((record as Record<string, unknown>)[name]))) };
}

function cellText(value: string | number | null): string {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return '–';
  return typeof value === 'number' && !Number.isInteger(value) ? value.toPrecision(6) : String(value);
}

const cut = ({ caption, rows }: ShownTable): string => (rows.length > MAX_ROWS ? `${caption} (first ${MAX_ROWS} of ${rows.length})` : caption);

function tableHtml(table: ShownTable): string {
  const row = (cells: readonly (string | number | null)[]): Html => html`<tr>${cells.map((cell) => html`<td style="text-align:${typeof cell === 'number' ? 'right' : 'left'}">${cellText(cell)}</td>`)}</tr>`;
  const page = html`<table><caption style="text-align:left">${cut(table)}</caption><thead><tr>${table.columns.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>${table.rows.slice(0, MAX_ROWS).map(row)}</tbody></table>`;
  return String(page);
}

function tableText(table: ShownTable): string {
  const rows = [table.columns, ...table.rows.slice(0, MAX_ROWS).map((row) => row.map(cellText))];
  const widths = table.columns.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return [cut(table), ...rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd())].join('\n');
}

interface NotebookDisplay {
  html(text: string): void;
}

/** tslab's display when we run in its kernel or runner, whose main file can resolve it; else nothing. */
function notebookDisplay(): NotebookDisplay | null {
  try {
    const require = createRequire(process.argv[1] ?? '/');
    const { lastWriteDisplayData } = require('tslab/dist/jupyter.js') as { lastWriteDisplayData: unknown };
    return lastWriteDisplayData ? (require('tslab') as { display: NotebookDisplay }).display : null;
  } catch {
    return null; // not in a notebook
  }
}
