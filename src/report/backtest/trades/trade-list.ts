import { html, type Html } from '../../html.js';
import { formatCount } from '../../format.js';

/** Rows on the page at a time; a print has those that are shown. */
export const ROWS_SHOWN = 50;

/** Columns of the list by their key in the page's data. */
const COLUMNS: readonly (readonly [key: string, title: string, kind: 'text' | 'number'])[] = [
  ['symbol', 'Name', 'text'], ['entry', 'Entered', 'number'], ['exit', 'Left', 'number'], ['held', 'Sessions', 'number'], ['shares', 'Shares', 'number'], ['bought', 'Bought at', 'number'], ['sold', 'Sold at', 'number'],
  ['gain', 'Return', 'number'], ['profit', 'Profit', 'number'], ['why', 'Ended by', 'text'],
];

/** The list of trades as the page's script fills it: sorted, searched, some rows at a time, a chart under each row that is opened. */
export function tradeList(count: number): Html {
  return html`<div id="trade-list">
<div class="tools screen-only"><label>Name <input type="search" id="trade-search" autocomplete="off" spellcheck="false" placeholder="Symbol"></label><label>Ended by <select id="trade-why"><option value="">anything</option></select></label><p id="trade-sum" aria-live="polite"></p></div>
<p class="note print-only">Printed: the ${formatCount(ROWS_SHOWN, 'trade')} shown of ${formatCount(count, 'trade')}; all stand in the page.</p>
<div class="scroll" role="region" aria-label="Closed trades" tabindex="0"><table class="plain trades" role="table"><caption class="hidden">Closed trades</caption>
<thead role="rowgroup"><tr role="row">${COLUMNS.map(([key, title, kind]) => heading(key, title, kind))}</tr></thead>
<tbody role="rowgroup"></tbody></table><noscript><p class="nothing">The list needs scripts; its figures stand in the tables above.</p></noscript></div>
<div class="pager screen-only"><button type="button" id="trade-back">Back</button><span id="trade-page"></span><button type="button" id="trade-next">Next</button></div>
</div>`;
}

function heading(key: string, title: string, kind: 'text' | 'number'): Html {
  return html`<th scope="col" role="columnheader"${kind === 'number' ? html` class="number"` : null}><button type="button" data-sort="${key}">${title}</button></th>`;
}
