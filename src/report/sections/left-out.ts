import type { RecommendationDocument } from '../../recommendation/recommendation.js';
import { formatCount, formatNumber } from '../format.js';
import { html, type Html } from '../html.js';
import { nothing, section, symbolList } from './section.js';

/** Members that were not considered, by reason, the most frequent reason first. */
export function leftOutPart({ leftOut }: RecommendationDocument): Html {
  const groups = [...leftOut].sort((a, b) => b.symbols.length - a.symbols.length);
  const total = groups.reduce((sum, group) => sum + group.symbols.length, 0);
  if (groups.length === 0) return section('left-out', 'Left out', null, nothing('Every member was considered.'));
  return section('left-out', 'Left out', `${formatCount(total, 'member')} not considered, by reason.`, html`<ul class="groups">${groups.map(({ reason, symbols }) => html`<li><p><span class="group-count">${formatNumber(symbols.length)}</span> ${reason}</p>${symbolList(symbols, 16)}</li>
`)}</ul>`);
}
