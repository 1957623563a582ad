import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatHash, formatNumber, formatShortDate, MISSING } from '../format.js';
import { html, type Html } from '../html.js';
import { nothing, plainTable, section, type Column } from './section.js';

const COLUMNS: readonly Column[] = [['Dataset', 'mono'], ['Source', 'wide'], ['Licence', 'text'], ['Rows', 'number'], ['Up to', 'number'], ['Content', 'mono']];

/** Where the data comes from and what one may do with it. */
export function sourcesPart({ data }: RecommendationDocument): Html {
  if (data.length === 0) return section('sources', 'Data and licences', null, nothing('No datasets were recorded.'));
  const rows = data.map(({ dataset, source, licence, rows: count, lastDate, contentHash }) =>
    [dataset, source, licence, formatNumber(count), lastDate === null ? MISSING : formatShortDate(lastDate), formatHash(contentHash)]);
  const remarks = data.filter(({ notes }) => notes.length > 0).map(({ dataset, notes }) => html`<li><span class="mono">${dataset}</span>: ${notes.join(' ')}</li>`);
  const list = remarks.length === 0 ? null : html`<ul class="remarks">${remarks}</ul>`;
  return section('sources', 'Data and licences', null, html`${plainTable('Datasets with source, licence and content hash', COLUMNS, rows)}${list}`);
}

/** What it takes to make the same page again. */
export function footer({ provenance, strategy, asOf }: RecommendationDocument, generatedBy: string): Html {
  const items: readonly (readonly [string, string])[] = [
    ['As of', asOf], ['Strategy', strategy], ['Seed', String(provenance.seed)], ['Configuration', formatHash(provenance.configHash)],
    ['Data', formatHash(provenance.dataHash)], ['Version', provenance.version],
  ];
  return html`<footer class="colophon"><dl>${items.map(([title, value]) => html`<div><dt>${title}</dt><dd class="mono">${value}</dd></div>`)}</dl>
<p>Made by ${generatedBy}. The same data, configuration and seed make the same page. Research output, not investment advice.</p></footer>
`;
}
