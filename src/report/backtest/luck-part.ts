import { html, type Html } from '../html.js';
import { section } from '../sections/section.js';
import { luckHeadline, luckMeaning } from './luck/deflated.js';
import type { BacktestReportInput } from './report-input.js';
import { sharpeScale } from './sharpe-scale.js';
import { luckTable, stepwiseTable } from './tables/luck.js';
import { textTable } from './tables/text-table.js';

/** How much of the result may be luck: the sentence first, then every figure with its test. */
export function luckPart(input: BacktestReportInput): Html {
  const { luck } = input;
  const meaning = luckMeaning(luck);
  const stepwise = stepwiseTable(input);
  const each = stepwise === null ? null : html`<details class="more screen-only"><summary>${stepwise.caption}</summary>${textTable(stepwise)}</details>`;
  return section('luck', 'Is it luck?', 'Trying much finds something that looks good by chance alone. Every figure names its test.', html`<div class="verdict-card"><p class="says">${luckHeadline(luck)}</p>${meaning === null ? null : html`<p class="means">${meaning}</p>`}${sharpeScale(luck)}</div>
<div class="luck-table">${textTable(luckTable(input))}</div>${each}`);
}
