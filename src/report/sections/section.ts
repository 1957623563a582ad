import { html, type Html, type HtmlValue } from '../html.js';

/** A part of the page: a landmark with a heading, reachable by `#id` from the navigation. */
export function section(id: string, title: string, note: HtmlValue, body: HtmlValue): Html {
  return html`<section id="${id}" class="part" aria-labelledby="${id}-title">
<div class="part-head"><h2 id="${id}-title">${title}</h2>${note ? html`<p class="note">${note}</p>` : null}</div>
${body}
</section>
`;
}

/** How a column is set: words, numbers to the right, identifiers, running text that may wrap, or bars. */
export type ColumnKind = 'text' | 'number' | 'mono' | 'wide' | 'meters';
export type Column = readonly [title: string, kind: ColumnKind];

/**
 * A table with a hidden caption; its first column names the row. Wider than its place it scrolls inside a focusable
 * region of its own; on a phone each row becomes a block whose values carry their column's title.
 */
export function plainTable(caption: string, columns: readonly Column[], rows: readonly (readonly HtmlValue[])[]): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="plain" role="table"><caption class="hidden">${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(([title, kind]) => columnHead(title, kind))}</tr></thead>
<tbody role="rowgroup">${rows.map((row) => html`<tr role="row">${row.map((value, i) => cell(columns[i], value, i === 0))}</tr>
`)}</tbody></table></div>`;
}

function cell([title, kind]: Column, value: HtmlValue, first: boolean): Html {
  if (first) return html`<th scope="row" role="rowheader" class="${kind}">${value}</th>`;
  return html`<td role="cell" class="${kind}" data-label="${title}">${value}</td>`;
}

/** A column heading; `number` aligns it with the numbers below. */
export function columnHead(title: string, kind: ColumnKind = 'text'): Html {
  return html`<th scope="col" role="columnheader"${kind === 'number' ? html` class="number"` : null}>${title}</th>`;
}

/** Symbols as a list of small tags; folded away behind their count when there are more than `open`. */
export function symbolList(symbols: readonly string[], open = 24): Html {
  const tags = html`<ul class="tags">${symbols.map((symbol) => html`<li>${symbol}</li>`)}</ul>`;
  if (symbols.length <= open) return tags;
  return html`<details><summary>Show all ${symbols.length} symbols</summary>${tags}</details>`;
}

/** A calm line where a part has nothing to show. */
export function nothing(text: string): Html {
  return html`<p class="nothing">${text}</p>`;
}
