import { html, type Html, type HtmlValue } from '../html.js';

/** A part of the page: a landmark with a heading, reachable by `#id` from the navigation. */
export function section(id: string, title: string, note: HtmlValue, body: HtmlValue): Html {
  return html`<section id="${id}" class="part" aria-labelledby="${id}-title">
<div class="part-head"><h2 id="${id}-title">${title}</h2>${note ? html`<p class="note">${note}</p>` : null}</div>
${body}
</section>
`;
}

/** A table that scrolls sideways inside its own focusable region when the page is narrow. */
export function scrollTable(caption: string, head: readonly HtmlValue[], rows: readonly Html[]): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="plain"><caption class="hidden">${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** A column heading; `number` aligns it with the numbers below. */
export function columnHead(title: string, kind: 'text' | 'number' = 'text'): Html {
  return html`<th scope="col"${kind === 'number' ? html` class="number"` : null}>${title}</th>`;
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
