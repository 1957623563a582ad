import type { FeatureSummary, RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatCount, formatNumber, formatPercent } from '../format.js';
import { html, type Html, type HtmlValue } from '../html.js';
import { nothing, plainTable, section, type Column } from './section.js';

/** Rows of the table that are not folded away. */
const OPEN_ROWS = 12;
const COLUMNS: readonly Column[] = [['Feature', 'mono'], ['Members without a value', 'number'], ['Why', 'wide']];

/** How many features were computed, by family, and which values are missing and why. */
export function featuresPart({ features }: RecommendationDocument): Html {
  const { computed, members, families, absent, missing } = features;
  if (computed === 0) return section('features', 'Features', null, nothing('No features were computed for this session.'));
  const count = html`<strong>${formatCount(computed, 'feature')}</strong> of ${formatCount(members, 'member')} with a bar on this session.`;
  const lacking = absent.length === 0 ? null : html`<h3>Data not known by this session</h3>${absentTable(absent)}`;
  const gaps = missing.length === 0 ? nothing(absent.length === 0 ? 'Every member has a value of every feature.' : 'Every member has a value of every other feature.') : html`<h3>${formatCount(missing.length, 'feature')} with missing values</h3>${missingTable(features)}`;
  return section('features', 'Features', count, html`<ul class="families">${families.map((one) => familyRow(one, members))}</ul>${lacking}${gaps}`);
}

function familyRow({ family, features, missing }: FeatureSummary['families'][number], members: number): Html {
  const share = members > 0 ? missing / (features * members) : 0;
  const bar = missing > 0 ? html`<span style="width:${Math.round(share * 1000) / 10}%"></span>` : null;
  const text = missing > 0 ? `${missingShare(share)} missing` : 'complete';
  return html`<li><span class="family">${family}</span><span class="family-count">${formatCount(features, 'feature')}</span><span class="track gaps" aria-hidden="true">${bar}</span><span class="family-note">${text}</span></li>
`;
}

/** A share that is not zero is not shown as zero. */
function missingShare(share: number): string {
  return share < 0.0005 ? 'under 0.1%' : formatPercent(share);
}

const ABSENT_COLUMNS: readonly Column[] = [['Data', 'mono'], ['Features without it', 'wide']];
/** Rows of what is lacking that are not folded away. */
const OPEN_ABSENT = 4;

function absentTable(absent: FeatureSummary['absent']): Html {
  const rows = absent.map(({ input, features }): readonly HtmlValue[] => [input, html`${formatNumber(features.length)}: ${features.join(', ')}`]);
  const rest = rows.slice(OPEN_ABSENT);
  const folded = rest.length === 0 ? null : html`<details class="more"><summary>${formatNumber(rest.length)} more</summary>${plainTable('More data not known by this session', ABSENT_COLUMNS, rest)}</details>`;
  return html`<div class="gaps-table">${plainTable('Data not known by this session', ABSENT_COLUMNS, rows.slice(0, OPEN_ABSENT))}${folded}</div>`;
}

function missingTable({ missing, members }: FeatureSummary): Html {
  const rows = missing.map(({ feature, missing: count, reason }): readonly HtmlValue[] => [feature, members > 0 ? html`${formatNumber(count)} <span class="unit">${missingShare(count / members)}</span>` : formatNumber(count), reason]);
  const rest = rows.slice(OPEN_ROWS);
  const folded = rest.length === 0 ? null : html`<details class="more"><summary>${formatCount(rest.length, 'more feature')}</summary>${plainTable('More features with missing values', COLUMNS, rest)}</details>`;
  return html`<div class="gaps-table">${plainTable('Features with missing values', COLUMNS, rows.slice(0, OPEN_ROWS))}${folded}</div>`;
}
