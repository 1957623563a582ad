import { html, type Html } from '../report/html.js';
import type { ShownTable } from './shown.js';
import { writeTable, type WrittenColumn } from './table-text.js';

/** A table as markup that needs no style sheet: pages that drop styles keep the attributes. */
export function tableHtml(table: ShownTable): Html {
  const { caption, columns, length } = writeTable(table);
  const side = ({ numeric }: WrittenColumn): string => (numeric ? 'right' : 'left');
  const head = columns.map((column) => html`<th align="${side(column)}" style="text-align:${side(column)}">${column.name}</th>`);
  const row = (at: number): Html => html`<tr>${columns.map((column) => html`<td align="${side(column)}" style="text-align:${side(column)}">${column.cells[at]}</td>`)}</tr>`;
  return html`${caption === '' ? null : html`<p>${caption}</p>`}<table><thead><tr>${head}</tr></thead><tbody>${Array.from({ length }, (_, at) => row(at))}</tbody></table>`;
}
